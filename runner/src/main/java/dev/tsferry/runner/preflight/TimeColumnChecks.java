package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Session;
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

  TimeColumnChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
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
    String sql =
        source.text(
            DOING,
            "select format('select exists (select from %s%%2$I.%%3$I where %%1$I is null or %s)', ?::text, ?::text, ?::text)"
                .formatted(
                    hypertable.convert() ? "" : "only ",
                    integer ? "false" : "%1$I in (''infinity'', ''-infinity'')"),
            timeColumn,
            name.schema(),
            name.name());
    boolean bad;
    try {
      bad = source.isTrue(DOING, sql);
    } catch (MigrationException e) {
      findings.error(e);
      return;
    }
    if (bad) {
      HypertableChecks.refuse(
          findings,
          name,
          "column %s holds %s, which has no place in time"
              .formatted(timeColumn, integer ? "null" : "null or infinity"));
    }
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
