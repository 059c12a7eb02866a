/**
 * The migration plan: what is to be done, as records without behaviour, with a strict reader that
 * reports every problem of a file at once.
 */
package dev.tsferry.plan;
