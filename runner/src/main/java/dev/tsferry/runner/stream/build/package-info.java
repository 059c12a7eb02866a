/** Builds indexes and keys of tables whose rows are there, several at a time, each once. */
package dev.tsferry.runner.stream.build;
