package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TimescaleDB databases that are special in one way each. */
@RequiresContainerEngine
class OtherMetricsIT {
  private static final String JOB =
      "insert into _timescaledb_config.bgw_job (id, application_name, schedule_interval, max_runtime,"
          + " max_retries, retry_period, proc_schema, proc_name, owner, scheduled, fixed_schedule, hypertable_id, config)"
          + " select %d, 'Job [%1$d]', '1 day', '1 hour', -1, '1 hour', 'public', 'work', 'metrics_app'::regrole, %s, false,"
          + " (select id from _timescaledb_catalog.hypertable), '{\"text\": \"tab\\t \\\\\\\\. it''s\"}'";

  @TempDir static Path shared;
  private static Path programs;
  private static SelfHostedTimescale source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;

  @BeforeAll
  static void startSource() throws Exception {
    source = Crossing.startedTimescale();
    programs = ImagePrograms.of(source, shared);
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = Crossing.startedTarget();
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

  @Test
  void run_targetMayBeMoved_hasTheSourcesVersionAfterwards() throws Exception {
    make(
        "older",
        "create extension timescaledb version '" + SelfHostedTimescale.OTHER_VERSION + "'");
    make(
        "older",
        "create table t (ts timestamptz not null, v int)",
        "select create_hypertable('t', 'ts')",
        "insert into t select '2024-01-01'::timestamptz + i * interval '1 day', i from generate_series(1, 50) i");
    // The platform lets its user drop the extension; here it belongs to whoever made the service.
    target.asSuperuser(
        "update pg_extension set extowner = 'tsdbadmin'::regrole where extname = 'timescaledb'");
    Crossing crossing = crossing("older", true, List.of());

    assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

    assertThat(
            target.asSuperuser("select extversion from pg_extension where extname = 'timescaledb'"))
        .isEqualTo(SelfHostedTimescale.OTHER_VERSION);
    assertThat(crossing.differences()).isEmpty();
    assertThat(crossing.isRestoring()).isFalse();
  }

  @Test
  void run_jobsOfAnotherOwner_belongToTheTargetsUser() throws Exception {
    make("jobs", "create extension timescaledb");
    make(
        "jobs",
        "create table t (ts timestamptz not null)",
        "select create_hypertable('t', 'ts')",
        "create procedure work(int, jsonb) language sql as 'select 1'",
        JOB.formatted(1000, "true"),
        JOB.formatted(1001, "false"),
        "select setval('_timescaledb_config.bgw_job_id_seq', 1001)");
    Crossing crossing = crossing("jobs", false, List.of());

    assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

    assertThat(
            target.asSuperuser(
                "select id, owner, scheduled from _timescaledb_config.bgw_job where id >= 1000 order by 1"))
        .isEqualTo("1000|tsdbadmin|t\n1001|tsdbadmin|f");
    assertThat(crossing.differences()).isEmpty();
  }

  @Test
  void run_extensionThatNobodyUses_isCarriedAsPlainPostgres() throws Exception {
    make("unused", "create extension timescaledb");
    make(
        "unused",
        "create table readings (ts timestamptz not null, v int)",
        "insert into readings select '2024-01-01'::timestamptz + i * interval '1 hour', i from generate_series(1, 1000) i");
    Crossing crossing =
        crossing(
            "unused",
            false,
            List.of(new Hypertable(new TableName("public", "readings"), "ts", "7 days")));

    assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

    assertThat(crossing.notices())
        .anyMatch(text -> text.startsWith("the source is plain PostgreSQL"));
    assertThat(target.asSuperuser("select count(*) from readings")).isEqualTo("1000");
    assertThat(target.asSuperuser("select count(*) from show_chunks('readings')")).isEqualTo("7");
  }

  private Crossing crossing(String database, boolean moveTarget, List<Hypertable> hypertables) {
    return Crossing.of(source, target, folder, programs, database, moveTarget, hypertables);
  }

  // One session for each call: one that has met a version of the extension can't make another.
  private static void make(String database, String... statements) throws SQLException {
    if (source
        .asSuperuser("select 1 from pg_database where datname = '%s'".formatted(database))
        .isEmpty()) {
      source.asSuperuser("create database " + database);
    }
    try (Connection superuser = source.connect(database);
        Statement statement = superuser.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
