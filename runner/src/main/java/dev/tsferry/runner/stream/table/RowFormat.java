package dev.tsferry.runner.stream.table;

/**
 * How the rows of a table are written on the wire.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
public enum RowFormat {
  /** The types' own binary format: half the work for the servers. */
  BINARY(" (format binary)"),
  /** For types whose binary format holds object ids or does not keep the value. */
  TEXT("");

  private final String option;

  RowFormat(String option) {
    this.option = option;
  }

  /** What COPY is told, with a space before it. */
  public String option() {
    return option;
  }

  /** Such as {@code binary}. */
  public String word() {
    return this == BINARY ? "binary" : "text";
  }
}
