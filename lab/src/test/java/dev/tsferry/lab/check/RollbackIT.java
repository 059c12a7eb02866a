package dev.tsferry.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.HostileDatabase;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.LocalCommand;
import dev.tsferry.lab.pipeline.LocalRun;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.check.RollbackReport;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.Rollback;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that failed at its very end is taken back, and the target is what it was before. */
@RequiresContainerEngine
class RollbackIT {
  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    source.start();
    target.start();
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      OrdersDatabase.create(master, 1000);
      HostileDatabase.create(master);
      statement.execute(
          """
          create table public.loose (id int primary key, mood text);
          create function public.twice(int) returns int language sql as 'select 2 * $1';
          create domain public.positive as int check (value > 0);
          create type public.mood as enum ('good', 'bad');
          create type public.pair as (one int, other text);
          create aggregate public.total(int) (sfunc = int4pl, stype = int);
          create statistics public.loose_stats on id, mood from public.loose;
          select lo_from_bytea(5000, 'x');
          """);
    }
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @Test
  void rollback_afterEverythingWasLoaded_leavesTheTargetAsItWas() throws Exception {
    List<String> before = catalogue();
    Crossing crossing = failedAtVerify();
    assertThat(catalogue()).isNotEqualTo(before);

    RollbackReport shown = rollback(crossing).show();
    assertThat(shown.done()).isFalse();
    assertThat(shown.drops())
        .contains(
            "schema shop",
            "schema telemetry",
            "role rds_reporting",
            "table public.loose",
            "function public.twice(integer)",
            "large object 5000");
    assertThat(catalogue()).as("showing changes nothing").isNotEqualTo(before);

    RollbackReport done = rollback(crossing).execute();
    assertThat(done.done()).isTrue();
    assertThat(done.left()).isEmpty();
    assertThat(catalogue()).isEqualTo(before);

    assertThat(rollback(crossing).execute().empty()).as("again there is nothing to do").isTrue();
    assertThat(crossing.carry()).as("a new run begins anew").isEqualTo(ExitCode.DONE);
    assertThat(crossing.state().attempt()).isEqualTo(1);
    takenBackByCommands(crossing, before);
  }

  // What a person types: a run that succeeded goes back with --finished only.
  private void takenBackByCommands(Crossing crossing, List<String> before) throws IOException {
    LocalCommand status = LocalCommand.type(crossing, folder, "status");
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out())
        .startsWith("migration   orders-db\nrun         succeeded")
        .endsWith("next: point the application at the target\n");
    assertThat(LocalCommand.type(crossing, folder, "status", "--json").out())
        .startsWith("{")
        .contains("\"run\" : \"succeeded\"");

    LocalCommand refused = LocalCommand.type(crossing, folder, "rollback", "--yes");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.STATE_CONFLICT.code());
    assertThat(refused.err()).contains("tsferry rollback --finished");
    assertThat(catalogue()).isNotEqualTo(before);

    LocalCommand done = LocalCommand.type(crossing, folder, "rollback", "--finished", "--yes");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out())
        .contains("what was written to the target since is lost")
        .contains("to be dropped from the target:\n")
        .contains("  schema shop\n")
        .endsWith("orders-db is rolled back\n");
    assertThat(catalogue()).isEqualTo(before);

    LocalCommand afterwards = LocalCommand.type(crossing, folder, "status");
    assertThat(afterwards.exitCode()).as(afterwards.err()).isZero();
    assertThat(afterwards.out()).contains("run         none was started");
  }

  @Test
  void rollback_whatOthersMadeMeanwhile_staysOrStopsIt() throws Exception {
    Crossing crossing = failedAtVerify();
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      statement.execute("create schema mine; create table mine.t (id int)");
      statement.execute("create view shop.report as select 1 as x");
      assertThatThrownBy(() -> rollback(crossing).execute())
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY))
          .hasMessageContaining("view shop.report");

      statement.execute("drop view shop.report");
      statement.execute("create view mine.loose as select * from public.loose");
      assertThatThrownBy(() -> rollback(crossing).execute())
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("view mine.loose");
      assertThat(target.asSuperuser("select count(*) from mine.loose"))
          .as("nothing was removed")
          .isEqualTo("0");

      statement.execute("drop view mine.loose");
      assertThat(rollback(crossing).execute().kept())
          .containsExactlyInAnyOrder("schema mine", "table mine.t");
      statement.execute("drop schema mine cascade");
    }
  }

  @Test
  void rollback_ofAnotherMigration_isRefused() throws Exception {
    Crossing crossing = failedAtVerify();
    Crossing other =
        crossing.with(
            new RunRequest(
                "another",
                crossing.request().source(),
                crossing.request().target(),
                crossing.request().pipeline(),
                folder.resolve("other"),
                folder.resolve("other-dump"),
                folder.resolve("other-runtime")));
    assertThatThrownBy(() -> rollback(other).show())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_MISMATCH));
    rollback(crossing).execute();
  }

  // Everything is loaded, and then the source turns out to have been written to.
  private Crossing failedAtVerify() throws Exception {
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(HostileDatabase.HYPERTABLE);
    Crossing crossing = Crossing.of(source, target, folder, hypertables);
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
    try (TableLock lock = TableLock.of(target, "public.loose");
        Connection shop = source.connect();
        Statement write = shop.createStatement()) {
      lock.awaitLoading();
      write.execute("insert into public.loose values (1, 'late')");
      lock.release();
      assertThat(run.get(120, TimeUnit.SECONDS)).isEqualTo(ExitCode.DIFFERENCES_FOUND);
      write.execute("truncate public.loose");
    }
    return crossing;
  }

  private static Rollback rollback(Crossing crossing) {
    return new Rollback(
        crossing.request(), LocalRun.passwords(source.password(), target.password()));
  }

  // Everything that a run could have created or changed, seen by the superuser.
  private static List<String> catalogue() {
    return target
        .asSuperuser(
            """
            select 'schema ' || nspname || coalesce(nspacl::text, '') || coalesce(obj_description(oid, 'pg_namespace'), '')
              from pg_namespace where nspname !~ '^pg_(toast_)?temp'
            union all select 'relation ' || relnamespace::regnamespace || '.' || relname from pg_class
              where relnamespace::regnamespace::text !~ '^pg_(toast|temp)'
            union all select 'function ' || oid::regprocedure from pg_proc
            union all select 'type ' || typnamespace::regnamespace || '.' || typname from pg_type
            union all select 'role ' || rolname from pg_roles
            union all select 'member ' || roleid::regrole || ' ' || member::regrole from pg_auth_members
            union all select 'extension ' || extname from pg_extension
            union all select 'operator ' || oid::regoperator from pg_operator
            union all select 'statistics ' || stxname from pg_statistic_ext
            union all select 'large object ' || oid from pg_largeobject_metadata
            union all select 'cast ' || castsource::regtype || casttarget::regtype from pg_cast
            union all select 'default acl ' || defaclacl::text from pg_default_acl
            union all select 'setting ' || setconfig::text from pg_db_role_setting
            union all select 'hypertable ' || table_name from _timescaledb_catalog.hypertable
            order by 1
            """)
        .lines()
        .toList();
  }
}
