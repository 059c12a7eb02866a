package dev.tsferry.plan.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What was moved, what was not and why, with times: written by the runner at the end of a run as
 * {@code report.json}, and what {@code tsferry run} ends with.
 *
 * @param version version of this format
 * @param complete whether every table holds the same number of rows on both sides
 * @param steps every step with its wall-clock time in milliseconds
 * @param tables every table of the source with its rows on both sides
 * @param changes every statement of the source's dump that was dropped or changed, with the reason
 * @param notices warnings of the run
 * @param differences every difference between the two catalogues, with its class
 * @param cutover what is left to do by hand, or null after a run that failed
 * @param streamed how each table's rows were copied, of data mode stream
 */
public record MigrationReport(
    int version,
    String run,
    Instant startedAt,
    Instant finishedAt,
    Endpoint source,
    Endpoint target,
    boolean complete,
    List<StepTime> steps,
    List<TableCount> tables,
    List<StatementChange> changes,
    List<String> notices,
    List<Difference> differences,
    Cutover cutover,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StreamedTable> streamed) {

  public static final int VERSION = 1;

  public MigrationReport {
    requireNonNull(run, "run is null");
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    steps = List.copyOf(steps);
    tables = List.copyOf(tables);
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
    // Reports of earlier versions have none.
    differences = differences == null ? List.of() : List.copyOf(differences);
    streamed = streamed == null ? List.of() : List.copyOf(streamed);
  }

  /** One side: address without credentials, server version, and TimescaleDB's version or null. */
  public record Endpoint(
      String host, int port, String database, String serverVersion, String timescaledbVersion) {}

  /** A step and its wall-clock time in milliseconds. */
  public record StepTime(String step, long millis, boolean skipped) {}

  /**
   * A table's rows on both sides.
   *
   * @param targetRows -1 where the table is missing on the target
   * @param hypertable whether it is a hypertable on the target
   * @param chunks the hypertable's chunks, 0 for a plain table
   * @param estimated whether the target's rows are an estimate of its server's
   */
  public record TableCount(
      String schema,
      String table,
      long sourceRows,
      long targetRows,
      boolean hypertable,
      int chunks,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean estimated) {
    private static final long ALWAYS_CLOSE = 20;
    private static final double CLOSE = 0.1;

    /** A table whose rows were counted on both sides. */
    public TableCount(
        String schema,
        String table,
        long sourceRows,
        long targetRows,
        boolean hypertable,
        int chunks) {
      this(schema, table, sourceRows, targetRows, hypertable, chunks, false);
    }

    /** Whether both sides hold the same number of rows, as far as an estimate can say. */
    public boolean matches() {
      long between = Math.abs(sourceRows - targetRows);
      boolean close =
          between <= Math.max(ALWAYS_CLOSE, (long) (CLOSE * Math.max(sourceRows, targetRows)));
      boolean onBothSides = sourceRows >= 0 && targetRows >= 0;
      return between == 0 || (estimated && onBothSides && close);
    }
  }

  /**
   * How a table's rows were copied from server to server.
   *
   * <pre>
   * {"schema":"shop","table":"orders","format":"binary","reason":"","units":3,"rows":250,"bytes":31250,"digest":"5f0c…","proven":true}
   * </pre>
   *
   * @param format {@code binary} or {@code text}
   * @param reason why as text, or empty
   * @param units slices, each copied in one transaction
   * @param bytes of rows on the wire
   * @param digest of all rows, of 32 hexadecimal digits: the sum of each row's XXH3 of 128 bits
   * @param proven whether the target was read back at the end and held rows of the same digest
   */
  public record StreamedTable(
      String schema,
      String table,
      String format,
      String reason,
      int units,
      long rows,
      long bytes,
      String digest,
      boolean proven) {

    /** The same, read back. */
    public StreamedTable readBack() {
      return new StreamedTable(schema, table, format, reason, units, rows, bytes, digest, true);
    }
  }

  /**
   * A statement that did not go to the target as the source's dump has it.
   *
   * @param statement the statement, shortened to 500 characters; never one with a password
   */
  public record StatementChange(String step, Kind kind, String statement, String reason) {
    /** What became of the statement. */
    public enum Kind {
      DROPPED,
      CHANGED,
      REFUSED
    }
  }

  /**
   * Something that the two sides' catalogues don't have in common.
   *
   * <pre>
   * {"kind":"index","object":"shop.orders_at_idx","detail":"missing on the target","class":"WRONG","reason":null}
   * </pre>
   *
   * @param kind what it is, such as {@code index}
   * @param object its name as the server quotes it
   * @param detail what differs, in words
   * @param reason why it is not wrong, or null if it is
   */
  public record Difference(
      String kind,
      String object,
      String detail,
      @JsonProperty("class") Verdict verdict,
      String reason) {

    /** What a difference means. */
    public enum Verdict {
      /** It comes with what the migration was asked to do, or with another server version. */
      EXPECTED,
      /** It can't be carried; the report says so and why. */
      HANDED_OVER,
      /** It should not be. */
      WRONG
    }
  }
}
