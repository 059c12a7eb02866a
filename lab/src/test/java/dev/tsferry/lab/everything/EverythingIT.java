package dev.tsferry.lab.everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.RunRequest;
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
  void run_fromLatin1IntoHypertables_expectsWhatConversionChanges() throws Exception {
    try (Crossing started =
        Crossing.started(
            directory, new Hypertable(new TableName("maß", "größe"), "für", "7 days"))) {
      try (Connection source = started.source().connect()) {
        source
            .createStatement()
            .execute(
                "create database latin1 encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'");
        source.createStatement().execute("create role keeper");
        source.createStatement().execute("grant keeper to orders_admin");
        source.createStatement().execute("alter database latin1 owner to keeper");
      }
      Crossing crossing = fromDatabase(started, "latin1");
      try (Connection source = started.source().connect("latin1")) {
        source
            .createStatement()
            .execute(
                "create schema \"maß\"; create table \"maß\".\"größe\" (\"für\" timestamptz, v text);"
                    + " create index on \"maß\".\"größe\" (\"für\"); comment on table \"maß\".\"größe\" is 'Öl';"
                    + " insert into \"maß\".\"größe\""
                    + " select timestamptz '2024-01-01' + i * interval '1 day', 'Ä' || i from generate_series(1, 50) i");
      }

      ExitCode exitCode = crossing.carry();

      assertThat(exitCode).as(() -> crossing.failures().toString()).isEqualTo(ExitCode.DONE);
      assertThat(
              crossing.report().differences().stream()
                  .filter(difference -> difference.verdict() == Difference.Verdict.EXPECTED)
                  .map(difference -> difference.kind() + " " + difference.object()))
          .contains(
              "column \"maß\".\"größe\".\"für\"", "trigger ts_insert_blocker on \"maß\".\"größe\"");
      assertThat(started.target().asSuperuser("select sum(length(v)) from \"maß\".\"größe\""))
          .isEqualTo("141");
    }
  }

  private static Crossing fromDatabase(Crossing crossing, String database) {
    RunRequest request = crossing.request();
    DatabaseAddress address = request.source();
    return crossing.with(
        new RunRequest(
            request.name(),
            new DatabaseAddress(
                address.host(), address.port(), database, address.user(), address.tls()),
            request.target(),
            request.pipeline(),
            request.stateDirectory(),
            request.dumpDirectory(),
            request.runtimeDirectory()));
  }

  private static List<String> handedOver(MigrationReport report) {
    return report.differences().stream()
        .filter(difference -> difference.verdict() == Difference.Verdict.HANDED_OVER)
        .map(difference -> difference.kind() + " " + difference.object())
        .toList();
  }
}
