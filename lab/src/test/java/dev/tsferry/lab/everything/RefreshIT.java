package dev.tsferry.lab.everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresContainerEngine
class RefreshIT {
  private static final String SEARCH_PATH_TRAP =
      """
      create schema app;
      create table app.t (a integer primary key);
      insert into app.t select generate_series(1, 7);
      create function app.how_many() returns bigint language plpgsql stable as 'begin return (select count(*) from t); end';
      set search_path = app;
      create materialized view app.good as select a from app.t;
      create materialized view app.bad as select app.how_many() as n;
      create materialized view app.on_bad as select n from app.bad;
      create materialized view app.other as select max(a) as a from app.good;
      create index on app.t ((a + 1));
      create table app.u as select 1 as a;
      create materialized view app.stale as select a from app.u;
      update app.u set a = 2;
      select lo_from_bytea(800001, decode(repeat('00ff', 700000), 'hex'));
      """;

  @TempDir private Path directory;

  @Test
  void run_viewThatNeedsASearchPath_losesNothingElse_andGoesOnAfterTheRemedy() throws Exception {
    try (Crossing crossing = Crossing.started(directory);
        Connection source = crossing.source().connect();
        Connection target = crossing.target().connect()) {
      execute(source, SEARCH_PATH_TRAP);

      assertThat(crossing.carry()).isEqualTo(ExitCode.DIFFERENCES_FOUND);

      assertThat(crossing.failures())
          .singleElement()
          .asString()
          .contains("materialized view app.bad: populated")
          .contains("materialized view app.on_bad: populated")
          .doesNotContain("app.good")
          .doesNotContain("app.other");
      assertThat(crossing.report().changes())
          .filteredOn(change -> change.kind() == StatementChange.Kind.REFUSED)
          .anyMatch(
              change ->
                  change.statement().contains("\"app\".\"bad\"")
                      && change.reason().contains("alter function app.how_many()"));

      String remedy = "alter function app.how_many() set search_path = app, pg_catalog";
      execute(source, remedy);
      execute(target, remedy);
      execute(target, "select lo_put(800001, 1300000, 'x')");

      assertThat(crossing.carry()).isEqualTo(ExitCode.DIFFERENCES_FOUND);

      assertThat(crossing.failures().get(1))
          .contains("contents of large objects are not the same (1 large object)")
          .doesNotContain("materialized view");
      execute(target, "select lo_put(800001, 1300000, '\\x00')");

      assertThat(crossing.carry())
          .as(() -> crossing.failures().toString())
          .isEqualTo(ExitCode.DONE);
      assertThat(crossing.compare().differences())
          .noneMatch(difference -> difference.detail().startsWith("populated"));
      assertThat(crossing.report().notices())
          .anyMatch(notice -> notice.startsWith("materialized view app.stale held other values"))
          .anyMatch(
              notice ->
                  notice.startsWith("changed on the source since the dump")
                      && notice.contains("the definitions of functions"))
          .noneMatch(notice -> notice.startsWith("materialized view app.good"));
    }
  }

  @Test
  void run_indexOnAFunctionThatNeedsASearchPath_namesItAndTheRemedy() throws Exception {
    try (Crossing crossing = Crossing.started(directory);
        Connection source = crossing.source().connect()) {
      execute(
          source,
          """
          create schema app;
          create table app.rate (a integer);
          create table app.t (a integer);
          insert into app.t values (1);
          create function app.rated(integer) returns integer language plpgsql immutable as 'begin return $1 + (select count(*) from rate); end';
          set search_path = app;
          create index by_rate on app.t (app.rated(a));
          """);

      assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);

      assertThat(crossing.failures())
          .singleElement()
          .asString()
          .contains("CREATE INDEX \"by_rate\"")
          .contains("relation \"rate\" does not exist")
          .contains("alter function app.rated(integer) set search_path");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
