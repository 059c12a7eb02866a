package dev.tsferry.runner.stream.unit;

import static java.util.Objects.requireNonNull;

import dev.tsferry.runner.stream.table.StreamTable;

/**
 * A slice of a heap of the source, copied in one transaction: all of it, or the pages from {@code
 * first} up to but without {@code last}.
 *
 * @param table number of the table in the ledger
 * @param heap the source's table, quoted
 * @param filter condition on the rows, or empty
 * @param file number of the heap's file when the unit was cut
 * @param first first page, or null for the whole heap
 * @param last the page after the last one, or null for an open end
 * @param weight bytes that it stands for in the order of the work and in the progress
 */
public record Unit(
    int id, int table, String heap, String filter, long file, Long first, Long last, long weight) {
  public Unit {
    requireNonNull(heap, "heap is null");
    requireNonNull(filter, "filter is null");
  }

  /** The statement that reads it, on the source or on a heap of the same rows. */
  public String copyOut(StreamTable as) {
    String option = as.format().option();
    boolean queried = as.isQueried(heap);
    if (first == null && filter.isEmpty() && !as.isComputed() && !queried) {
      return "copy " + heap + as.copyColumns() + " to stdout" + option;
    }
    String rows = first == null ? filter.isEmpty() ? "" : " " + filter : " where " + pages();
    // What is compressed is no part of the table alone.
    String from = queried ? " from " : " from only ";
    return "copy (select " + as.valueList() + from + heap + rows + ") to stdout" + option;
  }

  private String pages() {
    String from = "ctid >= '(%d,0)'::tid".formatted(first);
    return last == null ? from : from + " and ctid < '(%d,0)'::tid".formatted(last);
  }

  /** Such as {@code shop.orders, pages 0 to 16384}. */
  @Override
  public String toString() {
    if (first == null) {
      return heap;
    }
    return "%s, pages %d to %s".formatted(heap, first, last == null ? "the end" : last);
  }
}
