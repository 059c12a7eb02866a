package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A TimescaleDB database arrives chunk by chunk, and its rows are compared whoever cut them. */
@RequiresContainerEngine
class MetricsCrossingIT extends MetricsCrossing {
  private static final List<String> TAMPERINGS =
      List.of(
          "update telemetry.cpu set usage = usage + 0.25 where ts = '2024-03-01 00:14:00+00'",
          "set session_replication_role = replica; delete from telemetry.cpu where ts = '2024-03-01 00:07:00+00'",
          "alter table telemetry.cpu drop constraint cpu_key cascade",
          "insert into telemetry.cpu select * from telemetry.cpu where ts = '2024-03-01 00:21:00+00'",
          "create table public.kept as select * from telemetry.ticks",
          "truncate telemetry.ticks",
          "select set_chunk_time_interval('telemetry.ticks', 3333)",
          "insert into telemetry.ticks select * from public.kept union all (select * from public.kept where tick = 14)",
          "drop table public.kept");

  @Test
  void run_wholeDatabase_arrivesChunkByChunkAndGoesOnWorking() throws Exception {
    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
    assertThat(crossing.isRestoring()).isFalse();
    assertThat(crossing.notices())
        .anyMatch(text -> text.startsWith("the source is a TimescaleDB database"));
    assertThat(crossing.report().tables()).allMatch(MigrationReport.TableCount::matches);
    assertThat(crossing.report().tables())
        .filteredOn(table -> table.table().equals("cpu"))
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.hypertable()).isTrue();
              assertThat(table.chunks()).isEqualTo(15);
              assertThat(table.targetRows()).isEqualTo(6000);
            });
    assertChunksAreNoTables();
    assertThat(told(crossing.compareRows())).isEmpty();
    assertWorks();
    assertRowsAreCompared();
  }

  // Whoever cut the chunks and wherever; and what was changed is told by hypertable and key.
  private void assertRowsAreCompared() throws Exception {
    TAMPERINGS.forEach(target::asSuperuser);

    List<String> told = told(crossing.compareRows());

    assertThat(told)
        .filteredOn(text -> text.startsWith("rows of telemetry.cpu: "))
        .singleElement(STRING)
        .startsWith(
            "rows of telemetry.cpu: 6,000 rows on the source and 6,002 on the target: by key (ts, host_id):")
        .contains("missing on the target: (2024-03-01 00:07:00+00, 2);")
        .containsPattern("on the target only: (\\((2024-03-05|2030-01-01) [^)]+, 1\\) ?){2};")
        .containsPattern("different: (\\(2024-03-01 00:(14|21):00\\+00, [34]\\) ?){2}$");
    assertThat(told)
        .filteredOn(text -> text.startsWith("rows of telemetry.ticks: "))
        .singleElement(STRING)
        .as("the chunks' borders are others, and one row is there once more")
        .endsWith(
            "it has no key, so that its rows have no name; 0 rows missing on the target, 2 rows on the target only (a changed one is both)");
    assertThat(told)
        .noneMatch(text -> text.startsWith("rows of") && text.contains("_chunk"))
        .noneMatch(text -> text.startsWith("rows of telemetry.hosts"));
  }

  private static List<String> told(CatalogueReport report) {
    return report.differences().stream()
        .filter(difference -> difference.verdict() == Difference.Verdict.WRONG)
        .map(d -> "%s %s: %s".formatted(d.kind(), d.object(), d.detail()))
        .toList();
  }

  // Wherever they lie, they have their hypertable's owner and privileges.
  private void assertChunksAreNoTables() {
    assertThat(crossing.report().tables())
        .extracting(MigrationReport.TableCount::table)
        .contains("near")
        .noneMatch(table -> table.endsWith("_chunk"));
    assertThat(crossing.handover())
        .contains("ALTER TABLE \"telemetry\".\"cpu\" OWNER TO metrics_app")
        .doesNotContain("_chunk");
    assertThat(
            target.asSuperuser(
                "select count(*), bool_and(relowner = 'metrics_app'::regrole) from pg_class where relname ~ '^near.*chunk$'"))
        .isEqualTo("3|t");
    assertThat(crossing.notices())
        .anyMatch(
            text ->
                text.contains("these chunks have other privileges than their hypertables")
                    && text.contains("shop.near_"));
  }
}
