/**
 * Makes a plan from what AWS says of the source: which instance, which network, how large. Says
 * what it needs as small interfaces and refuses in words what cannot be carried.
 */
package dev.tsferry.cli.discovery;
