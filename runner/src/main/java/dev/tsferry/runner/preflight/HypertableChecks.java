package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the plan's tables can become hypertables. TimescaleDB itself would say so only after all
 * rows are loaded, when a key can't be made.
 *
 * @see <a
 *     href="https://github.com/timescale/timescaledb/blob/2.19.3/src/hypertable.c">TimescaleDB's
 *     own checks</a>
 */
public final class HypertableChecks {
  private static final String DOING = "looking at the plan's hypertables in the source";
  private static final String REFUSAL = "table %s can't become a hypertable: %s";

  private final Session source;
  private final Session target;
  private final Findings findings;
  private boolean readsRows = true;

  public HypertableChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  /** Checks every hypertable of the plan; reads their columns through where no index helps. */
  public void check(List<Hypertable> hypertables) {
    if (hypertables.isEmpty()) {
      return;
    }
    Optional<String> version =
        target.first(
            DOING,
            "select extversion from pg_catalog.pg_extension where extname = 'timescaledb'",
            row -> row.getString(1));
    if (version.isEmpty()) {
      findings.error(
          "target-without-timescaledb",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the plan has hypertables, but the target has no TimescaleDB",
          "run \"create extension timescaledb\" on the target");
      return;
    }
    Set<TableName> planned =
        hypertables.stream().map(Hypertable::table).collect(Collectors.toUnmodifiableSet());
    for (Hypertable hypertable : hypertables) {
      check(hypertable, planned, atLeast(version.get(), 2, 16), atLeast(version.get(), 2, 18));
    }
  }

  /**
   * Why a table that no plan names yet can't become a hypertable, from the catalogue alone.
   *
   * @param planned all tables that are to become hypertables
   */
  static List<String> obstacles(
      Session source, Session target, Hypertable hypertable, Set<TableName> planned) {
    Findings found = new Findings();
    HypertableChecks checks = new HypertableChecks(source, target, found);
    checks.readsRows = false;
    checks.check(hypertable, planned, true, true);
    String prefix = REFUSAL.formatted(hypertable.table(), "");
    return found.all().stream().map(finding -> finding.cause().replace(prefix, "")).toList();
  }

  private void check(
      Hypertable hypertable,
      Set<TableName> planned,
      boolean keysToHypertables,
      boolean transitions) {
    TableName name = hypertable.table();
    Optional<PlannedTable> found = PlannedTable.find(source, name);
    if (found.isEmpty()) {
      refuse(name, "the source has no such table");
      return;
    }
    PlannedTable table = found.get();
    if (!table.isOrdinary() && !(hypertable.convert() && table.isRoot())) {
      refuse(name, "it is not an ordinary table: partitioned, a partition, inherited or a view");
      if (table.isRoot()) {
        findings.warning(
            "hypertable-convert",
            "table " + name,
            "with \"convert\": true in pipeline.hypertables of the plan, all rows of %s and the tables below it go into one hypertable"
                .formatted(name),
            "set it, or take the table out of pipeline.hypertables");
      }
      return;
    }
    if (!table.isOrdinary()) {
      new PartitionChecks(source, findings).check(name, table.oid(), table.kind().equals("p"));
    }
    if (!table.persistence().equals("p")) {
      refuse(name, "it is unlogged");
    }
    new DimensionChecks(source, target, findings, readsRows).check(hypertable, table);
    policies(hypertable);
    TableFeatureChecks features = new TableFeatureChecks(source, findings);
    features.foreignKeys(name, table, planned, keysToHypertables);
    features.rest(name, table, transitions);
  }

  private void policies(Hypertable hypertable) {
    if (hypertable.wantsPolicies()
        && !TimescaleExtension.of(target).map(TimescaleExtension::fullEdition).orElse(false)) {
      findings.error(
          "hypertable-policies",
          ErrorCode.TARGET_UNSUITABLE,
          "table " + hypertable.table(),
          "the plan gives table %s a columnstore or a retention policy, which the target's Apache edition of TimescaleDB doesn't have"
              .formatted(hypertable.table()),
          "take columnstore and retention out of the plan, or give a target with the full edition");
    }
  }

  private void refuse(TableName table, String why) {
    refuse(findings, table, why);
  }

  static void refuse(Findings findings, TableName table, String why) {
    findings.error(
        "hypertable-impossible",
        ErrorCode.SOURCE_UNSUITABLE,
        "table " + table,
        REFUSAL.formatted(table, why),
        "change the table, or take it out of pipeline.hypertables in the plan");
  }

  static boolean atLeast(String version, int major, int minor) {
    String[] parts = version.split("[^0-9]+", 3);
    int actualMajor = Integer.parseInt(parts[0]);
    int actualMinor = parts.length > 1 && !parts[1].isEmpty() ? Integer.parseInt(parts[1]) : 0;
    return actualMajor > major || (actualMajor == major && actualMinor >= minor);
  }
}
