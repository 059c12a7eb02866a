package dev.tsferry.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies when, the run that follows leaves each row there exactly once. */
@RequiresContainerEngine
class KilledRunIT {
  private static final String HELD_UP = "telemetry.devices";

  private static RdsLikeSource source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;
  private Crossing crossing;

  @BeforeAll
  static void startSource() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
    }
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
    crossing = Crossing.of(source, target, folder, OrdersDatabase.HYPERTABLES);
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

  @Test
  void run_killedWhilePsqlLoadsOn_waitsForItAndDoesNotLoadAgain() throws Exception {
    Process process = crossing.start();
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      // psql lives on, as an orphan.
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      lock.release();
    }

    assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
  }

  @Test
  void run_severalTablesAtATime_killedInTheMiddleOfTheRows_loadsOnlyWhatIsMissing()
      throws Exception {
    Crossing parallel = crossing.atATime(3);
    String loaded = "select count(*) from tsferry.step where step ~ '^data-'";
    int before;
    Process process = parallel.start();
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      Waiting.until(() -> Integer.parseInt(target.asSuperuser(loaded)) > 20);
      // Its psqls live on, as orphans.
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      before = Integer.parseInt(target.asSuperuser(loaded));
      lock.release();
    }

    assertThat(parallel.carry()).as(parallel::log).isEqualTo(ExitCode.DONE);

    assertThat(parallel.differences()).isEmpty();
    assertThat(parallel.log())
        .contains("pg_dump")
        .contains("--format=directory")
        .contains("--jobs=3");
    assertThat(Files.readString(parallel.request().stateDirectory().resolve("log/data.log")))
        .doesNotContain("duplicate key");
    assertThat(before).isPositive();
  }

  // As a service does while it gets a bigger disk: every session ends, the run's lock among them.
  @Test
  void run_targetEndsAllSessionsInTheMiddleOfTheRows_waitsAndGoesOnByItself() throws Exception {
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      target.asSuperuser(
          "select count(pg_terminate_backend(pid)) from pg_stat_activity"
              + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
    }

    assertThat(run.get(60, TimeUnit.SECONDS))
        .as(() -> crossing.events().toString())
        .isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
    assertThat(crossing.state().attempt()).isEqualTo(1);
    assertThat(crossing.report().notices())
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .contains("terminating connection due to administrator command")
                    .contains("once in six hours"));
    assertThat(crossing.events())
        .filteredOn(event -> started(event, "data"))
        .as("the step was begun twice")
        .hasSize(2);
  }

  @Test
  void run_cancelledInTheMiddleOfTheRows_endsAndGoesOn() throws Exception {
    MigrationRun cancelled = crossing.run();
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(cancelled::run);
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      cancelled.cancel();

      assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.CANCELLED);
      lock.release();
    }
    assertThat(crossing.state().status()).isEqualTo(RunState.Status.CANCELLED);
    assertThat(crossing.state().exitCode()).isEqualTo(130);

    assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
  }

  @Test
  void run_dumpLostAfterItsSchemaWasLoaded_dumpsAgainAndGoesOn() throws Exception {
    MigrationRun cancelled = crossing.run();
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(cancelled::run);
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      cancelled.cancel();
      run.get(60, TimeUnit.SECONDS);
    }
    Crossing elsewhere =
        Crossing.of(source, target, folder.resolve("other-host"), OrdersDatabase.HYPERTABLES);

    assertThat(elsewhere.carry()).isEqualTo(ExitCode.DONE);

    assertThat(elsewhere.differences()).isEmpty();
    assertThat(elsewhere.events()).contains(new RunEvent.StepSkipped("pre-data", "done before"));
  }

  @Test
  void run_sourceWrittenToAfterTheDump_findsTheDifference_andOnlyARehearsalGoesOn()
      throws Exception {
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
    try (TableLock lock = TableLock.of(target, HELD_UP);
        Connection writer = source.connect();
        Statement statement = writer.createStatement()) {
      lock.awaitLoading();
      statement.execute("create table late (x int)");
      statement.execute("insert into odd.twins select * from odd.twins limit 1");
      lock.release();

      assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.DIFFERENCES_FOUND);
      assertThat(crossing.failure().message())
          .contains("public.late is missing on the target (0 rows on the source)")
          .contains("the dump had as many as the target, so the source was written to since");
      assertThat(crossing.report().complete()).isFalse();
      statement.execute("drop table late");
      statement.execute("delete from odd.twins where ctid = (select max(ctid) from odd.twins)");
    }

    // As many rows as before need not be the same rows.
    assertThat(crossing.carry()).isEqualTo(ExitCode.DIFFERENCES_FOUND);
    assertThat(crossing.failure().message()).contains("odd.twins was written to");
    assertThat(crossing.rehearsing().carry()).isEqualTo(ExitCode.DONE);

    assertThat(crossing.report().complete()).isTrue();
  }

  @Test
  void run_killedWhileItRemovesTheLedger_isFinishedByTheNext() throws Exception {
    CompletableFuture<ExitCode> next;
    try (Connection blocker = target.connect();
        Statement lock = blocker.createStatement()) {
      Process process = crossing.start();
      Waiting.until(() -> crossing.events().stream().anyMatch(e -> started(e, "hypertables")));
      blocker.setAutoCommit(false);
      lock.execute("select 1 from tsferry.change limit 1");
      String removing =
          "select count(*) from pg_stat_activity where query like 'drop schema%'"
              + " and wait_event_type = 'Lock'";
      Waiting.until(() -> target.asSuperuser(removing).equals("1"));
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
      next = CompletableFuture.supplyAsync(crossing::carry);
      Waiting.until(() -> target.asSuperuser(removing).equals("0"));
      blocker.rollback();
    }

    assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
  }

  @Test
  void run_withAnotherPlanInTheMiddle_isRefused() throws Exception {
    Process process = crossing.start();
    Waiting.until(() -> crossing.events().stream().anyMatch(e -> started(e, "pre-data")));
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
    Crossing other = Crossing.of(source, target, folder, List.of());

    assertThat(other.carry()).isEqualTo(ExitCode.STATE_CONFLICT);

    assertThat(other.failure().code()).isEqualTo(ErrorCode.STATE_MISMATCH);
    assertThat(other.failure().message())
        .contains("telemetry.readings by ts every 7 days")
        .contains("hypertables []");
  }

  private static boolean started(RunEvent event, String step) {
    return event instanceof RunEvent.StepStarted started && started.step().equals(step);
  }
}
