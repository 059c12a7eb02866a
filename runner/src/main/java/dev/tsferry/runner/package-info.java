/**
 * One attempt at carrying a database from source to target, as the migration host's program and as
 * the library behind {@code tsferry run --local}.
 */
package dev.tsferry.runner;
