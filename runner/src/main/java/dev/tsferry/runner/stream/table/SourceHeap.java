package dev.tsferry.runner.stream.table;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.TableName;

/**
 * A table of the source that has rows of its own: an ordinary table or the leaf of a partitioned
 * one.
 *
 * @param quoted schema and name as the server quotes them
 * @param file the number of its file; another one after everything that moves its rows
 * @param blocks pages of its heap
 * @param bytes size with its TOAST table and without indexes
 * @param scan how its rows are read
 * @param hidden whether its policies hold for its owner too, so that nobody here sees its rows; of
 *     the target's alone, since the source's reader must not be able to lift them
 * @param filter of an extension's table, which rows are the user's, such as {@code WHERE mine};
 *     else empty
 */
public record SourceHeap(
    long oid,
    TableName name,
    String quoted,
    long file,
    long blocks,
    long bytes,
    Scan scan,
    boolean ofExtension,
    boolean hidden,
    String filter) {
  public SourceHeap {
    requireNonNull(name, "name is null");
    requireNonNull(quoted, "quoted is null");
    requireNonNull(scan, "scan is null");
    requireNonNull(filter, "filter is null");
  }

  /** How rows are read. */
  public enum Scan {
    /** By pages, in slices: a scan by position finds them. */
    PAGES,

    /** By COPY of the table: what pg_dump would read. */
    WHOLE,

    /** By a query of the table, which sees rows that are compressed in another one, too. */
    QUERY
  }

  /** The same with only the rows that a condition names. */
  public SourceHeap withFilter(String other) {
    return new SourceHeap(oid, name, quoted, file, blocks, bytes, scan, ofExtension, hidden, other);
  }

  /** The same to be read in another way. */
  public SourceHeap with(Scan other) {
    return new SourceHeap(
        oid, name, quoted, file, blocks, bytes, other, ofExtension, hidden, filter);
  }

  /** The statement after which its owner sees its rows; to be rolled back. */
  public String revealing() {
    return "alter table only " + quoted + " no force row level security";
  }
}
