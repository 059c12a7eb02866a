package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

/**
 * A sign that a table was written to since the dump, or that nobody can tell.
 *
 * @param table schema and name, quoted
 * @param hypertable the one that it is a chunk of, quoted; else the table itself
 * @param text what is known, in words
 */
public record SourceWrite(Kind kind, String table, String hypertable, String text) {
  public SourceWrite {
    requireNonNull(kind, "kind is null");
    requireNonNull(table, "table is null");
    requireNonNull(hypertable, "hypertable is null");
    requireNonNull(text, "text is null");
  }

  /** Of a table that is no chunk, as far as is known. */
  public SourceWrite(Kind kind, String table, String text) {
    this(kind, table, table, text);
  }

  /** The same of a chunk. */
  SourceWrite chunkOf(String other) {
    return new SourceWrite(kind, table, other, text);
  }

  /**
   * The table in words, such as {@code shop.cpu: its chunk _timescaledb_internal._hyper_1_1_chunk}.
   */
  public String tableInWords() {
    return hypertable.equals(table) ? table : "%s: its chunk %s".formatted(hypertable, table);
  }

  /** What the sign says. */
  public enum Kind {
    /** Rows were inserted, updated or deleted, as far as counters can be believed. */
    WRITTEN,
    /** It has another file: TRUNCATE, or something that may keep its rows, such as VACUUM FULL. */
    REWRITTEN,
    /** It was not there when the dump was made. */
    CREATED,
    /** It is not there any more. */
    DROPPED,
    /** Rows were inserted and rolled back: nothing is different. */
    ROLLED_BACK,
    /** The counters were reset, so nobody can tell. */
    UNKNOWN
  }

  /** Whether the target may lack something because of it. */
  public boolean matters() {
    return kind != Kind.ROLLED_BACK && kind != Kind.UNKNOWN;
  }
}
