/** Slices of tables: how they are cut, and the ledger's rows that tell which of them is there. */
package dev.tsferry.runner.stream.unit;
