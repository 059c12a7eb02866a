/** Reads the target back and proves that it holds the rows that were read from the source. */
package dev.tsferry.runner.stream.proof;
