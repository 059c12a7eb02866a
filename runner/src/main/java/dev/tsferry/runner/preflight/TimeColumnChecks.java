package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a column can be a hypertable's time column: its type, its values and the interval. */
final class TimeColumnChecks {
  private static final String DOING = "looking at the plan's hypertables in the source";
  private static final Set<String> TIME_TYPES = Set.of("timestamptz", "timestamp", "date");
  private static final Set<String> INTEGER_TYPES = Set.of("int2", "int4", "int8");

  private final Session source;
  private final Session target;
  private final Findings findings;
  private final boolean readsRows;

  /**
   * @param readsRows whether the column's values are looked at too
   */
  TimeColumnChecks(Session source, Session target, Findings findings, boolean readsRows) {
    this.source = source;
    this.target = target;
    this.findings = findings;
    this.readsRows = readsRows;
  }

  /** Whether {@code column} is a number. */
  static boolean isInteger(TimeColumn column) {
    return INTEGER_TYPES.contains(column.type());
  }

  /** Checks {@code column}, which the plan makes the time column. */
  void check(Hypertable hypertable, TimeColumn column) {
    TableName name = hypertable.table();
    String timeColumn = hypertable.timeColumn();
    boolean integer = INTEGER_TYPES.contains(column.type());
    if (!integer && !TIME_TYPES.contains(column.type())) {
      HypertableChecks.refuse(
          findings,
          name,
          "column %s is of type %s; timestamptz, timestamp, date, smallint, integer and bigint can be used"
              .formatted(timeColumn, column.type()));
      return;
    }
    if (column.generated()) {
      HypertableChecks.refuse(findings, name, "column %s is generated".formatted(timeColumn));
    }
    interval(hypertable, integer);
    if (readsRows) {
      values(hypertable, column);
    }
  }

  // Gives up after the session's time limit.
  private void values(Hypertable hypertable, TimeColumn column) {
    boolean integer = isInteger(column);
    for (String question : questions(column)) {
      try {
        if (source.isTrue(DOING, query(hypertable, question))) {
          HypertableChecks.refuse(
              findings,
              hypertable.table(),
              "column %s holds %s, which has no place in time"
                  .formatted(hypertable.timeColumn(), integer ? "null" : "null or infinity"));
          return;
        }
      } catch (MigrationException e) {
        if (!Preflight.timedOut(e)) {
          throw e;
        }
        findings.warning(
            "time-column-not-read",
            "table " + hypertable.table(),
            "whether column %s holds null or infinity was not found out in time; the load stops at the first such row"
                .formatted(hypertable.timeColumn()),
            "look for such rows yourself, or index the column");
      }
    }
  }

  // Each question alone, so that an index on the column can answer it.
  private static List<String> questions(TimeColumn column) {
    List<String> questions = new ArrayList<>();
    if (!column.notNull()) {
      questions.add("is null");
    }
    if (!isInteger(column)) {
      questions.add("= ''infinity''");
      questions.add("= ''-infinity''");
    }
    return questions;
  }

  private String query(Hypertable hypertable, String question) {
    TableName table = hypertable.table();
    return source.text(
        DOING,
        "select format('select exists (select from %s%%2$I.%%3$I where %%1$I %s)', ?::text, ?::text, ?::text)"
            .formatted(hypertable.convert() ? "" : "only ", question),
        hypertable.timeColumn(),
        table.schema(),
        table.name());
  }

  private void interval(Hypertable hypertable, boolean integer) {
    TableName name = hypertable.table();
    Optional<String> interval = hypertable.interval();
    if (interval.isEmpty()) {
      if (integer) {
        HypertableChecks.refuse(findings, name, "an integer column needs a chunkInterval");
      }
      return;
    }
    String type = integer ? "bigint" : "interval";
    String zero = integer ? "0" : "interval '0'";
    try {
      if (!target.isTrue(DOING, "select ?::text::%s > %s".formatted(type, zero), interval.get())) {
        HypertableChecks.refuse(
            findings, name, "chunkInterval %s is not more than nothing".formatted(interval.get()));
      }
    } catch (MigrationException e) {
      HypertableChecks.refuse(
          findings,
          name,
          "chunkInterval %s is not %s"
              .formatted(interval.get(), integer ? "an integer" : "an interval"));
    }
  }
}
