package dev.tsferry.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.report.Cutover;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.plan.report.MigrationReport.StepTime;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.plan.report.Support;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  private static String text(boolean complete, List<TableCount> tables) {
    return text(complete, tables, List.of());
  }

  private static String text(
      boolean complete, List<TableCount> tables, List<StreamedTable> streamed) {
    Endpoint side = new Endpoint("h", 5432, "d", "15", null);
    Instant start = Instant.parse("2026-11-20T10:00:00Z");
    MigrationReport report =
        new MigrationReport(
            1,
            "orders-db",
            start,
            start.plus(Duration.ofSeconds(75)),
            side,
            side,
            complete,
            List.of(new StepTime("preflight", 1900, true), new StepTime("data", 65_000, false)),
            tables,
            List.of(
                new StatementChange("roles", StatementChange.Kind.DROPPED, "x", "y"),
                new StatementChange("roles", StatementChange.Kind.CHANGED, "x", "y"),
                new StatementChange("roles", StatementChange.Kind.DROPPED, "x", "y")),
            List.of("mind this"),
            List.of(),
            complete
                ? new Cutover(
                    "postgres://tsdbadmin@t.test:31000/tsdb?sslmode=require",
                    List.of("give 2 roles a password", "point the\u001b application"),
                    Support.all())
                : null,
            streamed);
    StringWriter text = new StringWriter();
    ReportTable.print(new PrintWriter(text), report);
    return text.toString().replaceAll(" +\n", "\n");
  }

  @Test
  void print_everythingThere_isOneTableEach() {
    assertThat(
            text(
                true,
                List.of(
                    new TableCount("public", "metrics", 2_000_000, 2_000_000, true, 14),
                    new TableCount("app", "Odd\nName", 5, 5, false, 0))))
        .isEqualTo(
            """
            table              source rows     target rows  hypertable chunks
            public.metrics       2,000,000       2,000,000  yes            14
            app.Odd?Name                 5               5
            2 tables             2,000,005       2,000,005  1              14

            step                 time
            preflight           1.9 s  skipped
            data            1 min 5 s
            in all         1 min 15 s

            statements of the source that the target did not get as they were (each with its reason in the report): 2 dropped, 1 changed
            notice: mind this

            every table holds the same number of rows on both sides

            left to do
              1. give 2 roles a password
              2. point the? application
              postgres://tsdbadmin@t.test:31000/tsdb?sslmode=require
            the source is as it was: going back means to go on using it
            help: support request: https://console.cloud.timescale.com/dashboard/support; e-mail: support@timescale.com; community: https://slack.timescale.com/, channel #migration
            """);
  }

  @Test
  void print_readBackByDigest_saysThatTheRowsAreTheSame_andNotOnlyTheirNumber() {
    StreamedTable streamed =
        new StreamedTable("public", "a", "binary", "", 1, 5, 50, "5f0c", false);
    List<TableCount> tables = List.of(new TableCount("public", "a", 5, 5, false, 0));

    assertThat(text(true, tables, List.of(streamed.readBack())))
        .contains("every table holds the same rows on both sides, each by its digest");
    assertThat(text(true, tables, List.of(streamed)))
        .contains("every table holds the same number of rows on both sides");
  }

  @Test
  void print_estimates_areCalledSo_andMayDifferByATenth() {
    TableCount close = new TableCount("public", "a", 1_000, 1_099, false, 0, true);
    assertThat(text(true, List.of(close)))
        .contains("about the same number of rows on both sides (estimated, not counted)");
    assertThat(close.matches()).isTrue();
    assertThat(new TableCount("public", "a", 1_000, 1_200, false, 0, true).matches()).isFalse();
    assertThat(new TableCount("public", "a", 5, -1, false, 0, true).matches()).isFalse();
  }

  @Test
  void print_difference_standsOut() {
    String text =
        text(
            false,
            List.of(
                new TableCount("public", "a", 5, 4, false, 0),
                new TableCount("public", "b", 5, -1, false, 0)));

    assertThat(text).contains("DIFFERS").contains("missing");
    assertThat(text).endsWith("2 tables DIFFER between source and target\n");
  }

  @Test
  void print_tenThousandTables_showsOnlyThoseThatDiffer() {
    List<TableCount> tables = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      tables.add(new TableCount("public", "t" + i, 5, i == 4711 ? 6 : 5, false, 0));
    }

    String text = text(false, tables);
    assertThat(text)
        .contains("public.t4711")
        .doesNotContain("public.t4710")
        .contains("10,000 tables");
    assertThat(text.lines().count()).isLessThan(20);
  }

  @Test
  void print_notCompared_saysSo() {
    assertThat(text(false, List.of())).endsWith("the two sides were not compared\n");
  }

  @Test
  void print_rowsAreEqualAndSomethingElseIsNot_pointsToTheError() {
    assertThat(text(false, List.of(new TableCount("public", "a", 5, 5, false, 0))))
        .endsWith("but the run did not succeed: see its error\n");
  }

  @Test
  void print_rehearsalOfASourceThatIsWrittenTo_doesNotSayThatAllIsEqual() {
    assertThat(text(true, List.of(new TableCount("public", "a", 6, 5, false, 0))))
        .contains("rehearsal: 1 table was written to since the dump")
        .doesNotContain("every table holds");
  }

  @Test
  void amounts_areReadable() {
    assertThat(Amounts.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amounts.bytes(5L << 40)).isEqualTo("5.0 TiB");
    assertThat(Amounts.duration(Duration.ofMillis(400))).isEqualTo("0.4 s");
    assertThat(Amounts.duration(Duration.ofSeconds(41))).isEqualTo("41 s");
    assertThat(Amounts.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
  }
}
