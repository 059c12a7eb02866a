package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.SourceKind;
import dev.tsferry.runner.postgres.Session;
import java.util.Optional;

/** Which of the two procedures a run follows. */
public enum Guide {
  /** For a source of plain PostgreSQL; its tables become hypertables where the plan says so. */
  POSTGRESQL(
      "the source is plain PostgreSQL: following the guide for RDS (tables first, hypertables as the plan says)"),
  /** For a source that is TimescaleDB itself: hypertables come as they are, chunk by chunk. */
  TIMESCALEDB(
      "the source is a TimescaleDB database: following the guide for TimescaleDB (restore mode, chunks and catalogue as they are)");

  private static final String DOING = "finding out what the source is";

  private final String line;

  Guide(String line) {
    this.line = line;
  }

  /** A line for people. */
  public String line() {
    return line;
  }

  /**
   * Finds the guide by looking at the source: one that has the extension but neither a hypertable
   * nor a job holds nothing of TimescaleDB's.
   *
   * @param kind what the plan says that the source is, or null
   */
  public static Guide of(Session source, SourceKind kind) {
    Optional<TimescaleExtension> extension = TimescaleExtension.of(source);
    if (extension.isEmpty()) {
      return POSTGRESQL;
    }
    boolean used =
        source.isTrue(
            DOING,
            "select exists (select from _timescaledb_catalog.hypertable)"
                + " or exists (select from %s where id >= %d)"
                    .formatted(JobTable.of(source).quoted(), JobTable.FIRST_USER_JOB));
    return used || kind == SourceKind.TIMESCALEDB ? TIMESCALEDB : POSTGRESQL;
  }
}
