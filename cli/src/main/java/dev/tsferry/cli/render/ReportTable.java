package dev.tsferry.cli.render;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.report.Cutover;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.plan.report.MigrationReport.StepTime;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The end of a run as tables: rows on both sides, time per step, what was changed on the way. */
public final class ReportTable {
  private static final int MOST_TABLES = 200;

  private ReportTable() {}

  /** Prints {@code report}. */
  public static void print(PrintWriter out, MigrationReport report) {
    tables(out, report.tables());
    out.println();
    steps(out, report);
    changes(out, report.changes());
    DifferenceTable.print(out, report.differences());
    report.notices().forEach(notice -> out.println("notice: " + notice));
    out.println();
    out.println(verdict(report));
    cutover(out, report.cutover());
    out.flush();
  }

  /** Prints each statement that the target did not get as the source had it, with the reason. */
  public static void printChanges(PrintWriter out, MigrationReport report) {
    for (StatementChange change : report.changes()) {
      out.printf(
          "%-10s %-8s %s%n%20s%s%n",
          change.step(),
          change.kind().name().toLowerCase(Locale.ROOT),
          printable(change.statement()),
          "",
          change.reason());
    }
    out.flush();
  }

  private static void tables(PrintWriter out, List<TableCount> tables) {
    // A difference must be seen however many tables there are.
    List<TableCount> shown =
        tables.size() <= MOST_TABLES
            ? tables
            : tables.stream().filter(table -> !table.matches()).toList();
    int width = Math.max(5, shown.stream().mapToInt(table -> name(table).length()).max().orElse(5));
    String row = "%-" + width + "s %15s %15s  %-10s %6s%s%n";
    out.printf(row, "table", "source rows", "target rows", "hypertable", "chunks", "");
    for (TableCount table : shown) {
      out.printf(
          row,
          name(table),
          Amounts.count(table.sourceRows()),
          table.targetRows() < 0 ? "missing" : Amounts.count(table.targetRows()),
          table.hypertable() ? "yes" : "",
          table.hypertable() ? Amounts.count(table.chunks()) : "",
          table.matches() ? "" : "  DIFFERS");
    }
    out.printf(
        row,
        Counted.of(tables.size(), "table"),
        Amounts.count(tables.stream().mapToLong(TableCount::sourceRows).sum()),
        Amounts.count(tables.stream().mapToLong(table -> Math.max(0, table.targetRows())).sum()),
        Long.toString(tables.stream().filter(TableCount::hypertable).count()),
        Amounts.count(tables.stream().mapToLong(TableCount::chunks).sum()),
        "");
  }

  // Names may hold anything, also what would break the table or the terminal.
  private static String name(TableCount table) {
    return printable(table.schema() + "." + table.table());
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static void steps(PrintWriter out, MigrationReport report) {
    out.printf("%-12s %12s%n", "step", "time");
    for (StepTime step : report.steps()) {
      out.printf(
          "%-12s %12s%s%n",
          step.step(),
          Amounts.duration(Duration.ofMillis(step.millis())),
          step.skipped() ? "  skipped" : "");
    }
    Duration all = Duration.between(report.startedAt(), report.finishedAt());
    out.printf("%-12s %12s%n", "in all", Amounts.duration(all));
  }

  private static void changes(PrintWriter out, List<StatementChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Map<StatementChange.Kind, Long> counts =
        changes.stream()
            .collect(
                Collectors.groupingBy(StatementChange::kind, TreeMap::new, Collectors.counting()));
    out.println();
    out.println(
        "statements of the source that the target did not get as they were (each with its reason in the report): "
            + counts.entrySet().stream()
                .map(
                    entry ->
                        entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  private static void cutover(PrintWriter out, Cutover cutover) {
    if (cutover == null) {
      return;
    }
    out.println();
    out.println("left to do");
    for (int i = 0; i < cutover.remaining().size(); i++) {
      out.printf("  %d. %s%n", i + 1, printable(cutover.remaining().get(i)));
    }
    out.println("  " + printable(cutover.connection()));
    out.println("the source is as it was: going back means to go on using it");
    out.println("help: " + String.join("; ", cutover.support()));
  }

  private static String verdict(MigrationReport report) {
    long different = report.tables().stream().filter(table -> !table.matches()).count();
    if (report.complete() && different > 0) {
      return "rehearsal: %s written to since the dump; every other one holds the same number of rows on both sides"
              .formatted(different == 1 ? "1 table was" : different + " tables were")
          + DifferenceTable.exception(report.differences());
    }
    if (report.complete()) {
      boolean estimated = report.tables().stream().anyMatch(TableCount::estimated);
      boolean proven =
          !report.streamed().isEmpty()
              && report.streamed().stream().allMatch(StreamedTable::proven);
      return (proven
              ? "every table holds the same rows on both sides, each by its digest"
              : estimated
                  ? "every table holds about the same number of rows on both sides (estimated, not counted)"
                  : "every table holds the same number of rows on both sides")
          + DifferenceTable.exception(report.differences());
    }
    if (different > 0) {
      return different == 1
          ? "1 table DIFFERS between source and target"
          : "%d tables DIFFER between source and target".formatted(different);
    }
    if (DifferenceTable.differs(report.differences())) {
      return "the schemas DIFFER between source and target";
    }
    return report.tables().isEmpty()
        ? "the two sides were not compared"
        : "no table holds another number of rows, but the run did not succeed: see its error";
  }
}
