package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever can't be carried is refused before anything is written, with the remedy. */
@RequiresContainerEngine
class RefusedMetricsIT {
  @TempDir static Path shared;
  private static Path programs;
  private static SelfHostedTimescale source;
  private static TimescaleLikeTarget target;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    source = Crossing.startedTimescale();
    target = Crossing.startedTarget();
    programs = ImagePrograms.of(source, shared);
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
  }

  @Test
  void run_sourceOfAnotherPatchVersion_refusedWithTheRemedies() throws Exception {
    make("older", "create extension timescaledb version '2.19.2'");
    make(
        "older", "create table t (ts timestamptz not null)", "select create_hypertable('t', 'ts')");
    Crossing crossing = crossing("older", false, List.of());

    assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);

    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    assertThat(crossing.failure().message())
        .isEqualTo(
            "extension timescaledb: the source has TimescaleDB 2.19.2 and the target 2.19.3; the versions must be equal to the patch");
    assertThat(crossing.failure().hints())
        .containsExactly(
            "install TimescaleDB 2.19.3 on the source's server, then update the source: psql -X SOURCE -c \"alter extension timescaledb update to '2.19.3'\""
                + "; or reinstall it on the empty target, each in a session of its own: drop extension timescaledb; create extension timescaledb schema public version '2.19.2' (pipeline.moveTargetTimescaledb in the plan, or --move-target-timescaledb with --local, does it)");
  }

  @Test
  void run_extensionInAnotherSchema_refused() throws Exception {
    make("elsewhere", "create schema tsx", "create extension timescaledb schema tsx");
    make(
        "elsewhere",
        "create table t (ts timestamptz not null)",
        "select tsx.create_hypertable('t', 'ts')");
    Crossing crossing = crossing("elsewhere", false, List.of());

    assertThat(crossing.carry()).isNotEqualTo(ExitCode.DONE);

    assertThat(crossing.failure().message())
        .contains(
            "the source has the extension timescaledb in schema tsx; a Timescale service has it in public only");
  }

  // No TimescaleDB at hand makes them any more, so the view is made to say that there is one.
  @Test
  void run_partialContinuousAggregate_refusedWithTheCallThatMigratesIt() throws Exception {
    make("partial", "create extension timescaledb");
    make(
        "partial",
        "create table t (ts timestamptz not null)",
        "select create_hypertable('t', 'ts')",
        "alter extension timescaledb drop view timescaledb_information.continuous_aggregates",
        "drop view timescaledb_information.continuous_aggregates",
        "create view timescaledb_information.continuous_aggregates as"
            + " select 'public'::name view_schema, 'daily'::name view_name, false finalized");
    Crossing crossing = crossing("partial", false, List.of());

    assertThat(crossing.carry()).isEqualTo(ExitCode.SOURCE_DATABASE);

    assertThat(crossing.failure().message())
        .contains("continuous aggregates of the form before 2.7 can't be carried: public.daily");
    assertThat(crossing.failure().hints())
        .anyMatch(hint -> hint.contains("call cagg_migrate('public.daily')"));
  }

  @Test
  void run_planWithHypertables_refused() throws Exception {
    make("planned", "create extension timescaledb");
    make(
        "planned",
        "create table t (ts timestamptz not null)",
        "create table plain (ts timestamptz not null)",
        "select create_hypertable('t', 'ts')");
    Crossing crossing =
        crossing(
            "planned",
            false,
            List.of(new Hypertable(new TableName("public", "plain"), "ts", null)));

    assertThat(crossing.carry()).isEqualTo(ExitCode.SOURCE_DATABASE);

    assertThat(crossing.failure().message())
        .contains("those of a TimescaleDB source come as they are");
  }

  @Test
  void run_sourceInRestoreMode_refused() throws Exception {
    make("restoring", "create extension timescaledb");
    make(
        "restoring",
        "create table t (ts timestamptz not null)",
        "select create_hypertable('t', 'ts')",
        "select timescaledb_pre_restore()");
    Crossing crossing = crossing("restoring", false, List.of());

    assertThat(crossing.carry()).isEqualTo(ExitCode.SOURCE_DATABASE);

    assertThat(crossing.failure().message())
        .contains("the source is in TimescaleDB's restore mode");
  }

  @Test
  void run_targetLeftInRestoreModeByOthers_refused() throws Exception {
    make("metrics2", "create extension timescaledb");
    target.asSuperuser("select public.timescaledb_pre_restore()");
    try {
      Crossing crossing = crossing("metrics2", false, List.of());

      assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);

      assertThat(crossing.failure().message())
          .contains("the target is in TimescaleDB's restore mode");
      assertThat(crossing.failure().hints())
          .contains("run \"select public.timescaledb_post_restore()\" on the target");
    } finally {
      target.asSuperuser("select public.timescaledb_post_restore()");
    }
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
