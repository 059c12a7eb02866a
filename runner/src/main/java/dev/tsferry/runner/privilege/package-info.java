/**
 * Who owns what and who may do what: read from the source's catalogue, translated to the target's
 * roles, and applied there as the difference to what the target has.
 */
package dev.tsferry.runner.privilege;
