package dev.tsferry.lab.everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresContainerEngine
class EverythingIT {
  @TempDir private Path directory;

  @Test
  void run_everythingThatAnOwnerCanMake_isIdentical() throws Exception {
    try (Crossing crossing = Crossing.started(directory);
        Connection source = crossing.source().connect();
        Connection target = crossing.target().connect()) {
      EverythingDatabase.create(source);

      assertThat(crossing.carry())
          .as(() -> crossing.failures().toString())
          .isEqualTo(ExitCode.DONE);

      assertThat(DatabaseComparison.differences(source, target)).isEmpty();
      MigrationReport report = crossing.report();
      assertThat(report.differences())
          .noneMatch(difference -> difference.verdict() == Difference.Verdict.WRONG);
      assertThat(handedOver(report))
          .containsExactlyInAnyOrder("comment extension hstore", "publication some_tables");
      assertThat(report.changes().stream().map(StatementChange::statement))
          .anyMatch(statement -> statement.startsWith("CREATE PUBLICATION some_tables"));
    }
  }

  @Test
  void run_whatNeedsASuperuser_isHandedOver_andNothingElseIsLost() throws Exception {
    try (Crossing crossing = Crossing.started(directory);
        Connection source = crossing.source().connect()) {
      EverythingDatabase.create(source);
      EverythingDatabase.createAsSuperuser(crossing.source());

      assertThat(crossing.carry())
          .as(() -> crossing.failures().toString())
          .isEqualTo(ExitCode.DONE);

      MigrationReport report = crossing.report();
      assertThat(handedOver(report))
          .contains(
              "table everything.of_base",
              "type everything.base",
              "function everything.in_c(pg_catalog.text)",
              "view everything.depends_twice",
              "index everything.searched_in_c",
              "constraint refers_to_base_id_fkey on everything.refers_to_base",
              "operator class everything.backwards USING btree",
              "foreign table everything.far_away",
              "foreign server everything_server",
              "user mapping for public server everything_server",
              "event trigger everything_event",
              "subscription everything_subscription",
              "security label table everything.parent")
          .doesNotContain("table everything.searched", "view everything.one");
      assertThat(report.tables())
          .anyMatch(
              table -> table.table().equals("hidden_from_its_owner") && table.targetRows() == 3)
          .allMatch(TableCount::matches);
      String changes =
          report.changes().stream()
              .map(StatementChange::statement)
              .collect(Collectors.joining("\n"));
      assertThat(changes)
          .contains("CREATE SUBSCRIPTION everything_subscription")
          .contains("SECURITY LABEL FOR dummy ON TABLE everything.parent")
          .contains("CREATE EVENT TRIGGER")
          .contains("CREATE USER MAPPING")
          .doesNotContain("never to be seen")
          .doesNotContain("password=secret");
    }
  }

  @Test
  void run_intoHypertables_expectsWhatConversionChanges() throws Exception {
    try (Crossing crossing =
            Crossing.started(
                directory, new Hypertable(new TableName("m", "series"), "at", "7 days"));
        Connection source = crossing.source().connect()) {
      source
          .createStatement()
          .execute(
              "create schema m; create table m.series (at timestamptz, v float8);"
                  + " create index on m.series (at); insert into m.series"
                  + " select timestamptz '2024-01-01' + i * interval '1 day', i from generate_series(1, 50) i");

      ExitCode exitCode = crossing.carry();

      assertThat(exitCode).as(() -> crossing.failures().toString()).isEqualTo(ExitCode.DONE);
      assertThat(
              crossing.report().differences().stream()
                  .filter(difference -> difference.verdict() == Difference.Verdict.EXPECTED)
                  .map(difference -> difference.kind() + " " + difference.object()))
          .contains("column m.series.at", "trigger ts_insert_blocker on m.series");
    }
  }

  private static List<String> handedOver(MigrationReport report) {
    return report.differences().stream()
        .filter(difference -> difference.verdict() == Difference.Verdict.HANDED_OVER)
        .map(difference -> difference.kind() + " " + difference.object())
        .toList();
  }
}
