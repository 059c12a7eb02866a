/** Copies units from the source to the target, several at a time, each exactly once. */
package dev.tsferry.runner.stream.copy;
