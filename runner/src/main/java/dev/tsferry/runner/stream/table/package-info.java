/** Which tables are streamed: their heaps on the source, their columns, and in which format. */
package dev.tsferry.runner.stream.table;
