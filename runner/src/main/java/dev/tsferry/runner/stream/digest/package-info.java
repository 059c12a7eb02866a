/** What rows come to, whatever their order: a count and a sum of hashes. */
package dev.tsferry.runner.stream.digest;
