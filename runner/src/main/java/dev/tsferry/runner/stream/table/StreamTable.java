package dev.tsferry.runner.stream.table;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of the target and the source's heaps whose rows go into it: itself in most cases, all
 * partitions where they become one hypertable.
 *
 * @param quoted schema and name as the server quotes them
 * @param columns the columns that are copied, quoted, in the target's order; none of a table that
 *     has only generated ones
 * @param values what is read of each column: itself, or an expression that means the same on both
 *     sides
 * @param order of keys in what is digested
 * @param reason why not binary, or empty
 * @param chunking how the target's hypertable cuts time, or null for a table that is none
 * @param root whether rows are routed further, so that a TRUNCATE must take what is below too
 */
public record StreamTable(
    TableName name,
    String quoted,
    List<String> columns,
    List<String> values,
    KeyOrder order,
    RowFormat format,
    String reason,
    boolean unlogged,
    Chunking chunking,
    boolean root,
    List<SourceHeap> heaps) {
  public StreamTable {
    requireNonNull(name, "name is null");
    requireNonNull(quoted, "quoted is null");
    requireNonNull(order, "order is null");
    requireNonNull(format, "format is null");
    requireNonNull(reason, "reason is null");
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    heaps = List.copyOf(heaps);
  }

  /**
   * How a hypertable cuts time.
   *
   * @param hypertable its number in TimescaleDB's catalogue
   * @param column position of the time column among the table's columns; -1 where it can't be read
   *     off a row
   * @param type the time column's type, such as {@code timestamp with time zone}
   * @param interval in TimescaleDB's own unit: microseconds, or the integer itself
   */
  public record Chunking(int hypertable, int column, String type, long interval) {

    /** Whether a row tells the chunk that it goes into. */
    public boolean readable() {
      return column >= 0;
    }
  }

  /** The same with other heaps, such as those of the other side. */
  public StreamTable withHeaps(List<SourceHeap> other) {
    return new StreamTable(
        name, quoted, columns, values, order, format, reason, unlogged, chunking, root, other);
  }

  /** The same as text, with columns in front that are read twice. */
  public StreamTable asText(List<String> leading) {
    List<String> all = new ArrayList<>();
    for (String column : leading) {
      int at = columns.indexOf(column);
      all.add(at < 0 ? column : values.get(at));
    }
    all.addAll(values);
    return new StreamTable(
        name, quoted, columns, all, order, RowFormat.TEXT, reason, unlogged, chunking, root, heaps);
  }

  /** How a hypertable cuts time, where it is one. */
  public Optional<Chunking> hypertable() {
    return Optional.ofNullable(chunking);
  }

  /** The columns as a list for SQL. */
  public String columnList() {
    return String.join(", ", columns);
  }

  /** What is read of the columns, as a list for SQL. */
  public String valueList() {
    return String.join(", ", values);
  }

  /** Whether a query must read it, since its columns alone don't say what is read. */
  public boolean isComputed() {
    return !values.equals(columns);
  }

  /** Whether one of its heaps is read by a query. */
  public boolean isQueried() {
    return heaps.stream().anyMatch(heap -> heap.scan() == SourceHeap.Scan.QUERY);
  }

  /** Whether this one of its heaps is read by a query. */
  public boolean isQueried(String quotedHeap) {
    return heaps.stream()
        .anyMatch(heap -> heap.scan() == SourceHeap.Scan.QUERY && heap.quoted().equals(quotedHeap));
  }

  /** The columns in parentheses, or nothing of a table that copies none. */
  public String copyColumns() {
    return columns.isEmpty() ? "" : " (" + columnList() + ")";
  }

  /** What the ledger remembers the heaps' size by. */
  public long bytes() {
    return heaps.stream().mapToLong(SourceHeap::bytes).sum();
  }
}
