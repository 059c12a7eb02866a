package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever happens to a TimescaleDB database's rows on their way, restore mode never stays on. */
@RequiresContainerEngine
class InterruptedMetricsIT extends MetricsCrossing {
  private static final String HELD_UP = "shop.keyless";

  @Test
  void run_killedWhileTheRowsLoad_leavesRestoreModeOnAndTheNextOneEndsIt() throws Exception {
    Process process = crossing.start();
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      kill(process);
      lock.release();
    }
    assertThat(crossing.isRestoring()).isTrue();

    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(crossing.notices())
        .contains(
            "an earlier attempt was killed and left the target in TimescaleDB's restore mode; it is ended");
    assertThat(crossing.differences()).isEmpty();
    assertThat(crossing.isRestoring()).isFalse();
  }

  @Test
  void run_cancelledWhileTheRowsLoad_endsRestoreMode() throws Exception {
    Crossing estimated =
        crossing.with(
            crossing.request().pipeline().with(DataMode.DUMP, VerifyLevel.ESTIMATES, null));
    Process run = estimated.start();
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      assertThat(crossing.isRestoring()).isTrue();
      run.destroy();

      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(ExitCode.CANCELLED.code());
    }
    assertThat(crossing.isRestoring()).isFalse();

    assertThat(estimated.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
  }

  // The catalogue first and alone, then several chunks at a time; and a disk that is resized.
  @Test
  void run_severalTablesAtATime_targetEndsSessions_goesOnByItselfAndEndsRestoreMode()
      throws Exception {
    Crossing parallel = crossing.atATime(3).rehearsing();
    Process run = parallel.start();
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      assertThat(
              target.asSuperuser(
                  "select count(*) > 0 from _timescaledb_catalog.chunk c"
                      + " join tsferry.step s on s.step ~ '^data-'"))
          .as("the catalogue is loaded, and rows of the ledger with it")
          .isEqualTo("t");
      source.asSuperuser("insert into telemetry.cpu values ('2024-03-05 00:00:02', 1, 5, 'late')");
      target.asSuperuser(
          "select count(pg_terminate_backend(pid)) from pg_stat_activity"
              + " where application_name = 'tsferry-data'");
      lock.release();
    }
    assertThat(run.waitFor(90, TimeUnit.SECONDS)).isTrue();
    source.asSuperuser("delete from telemetry.cpu where note = 'late'");
    assertThat(run.exitValue()).as(parallel::log).isEqualTo(ExitCode.DONE.code());

    assertThat(parallel.notices())
        .as("a chunk's row explains what its hypertable lacks")
        .anyMatch(text -> text.startsWith("rehearsal: telemetry.cpu: its chunk "));
    assertThat(parallel.differences()).isEmpty();
    assertThat(parallel.isRestoring()).isFalse();
    assertThat(parallel.notices()).anyMatch(notice -> notice.contains("once in six hours"));
    assertThat(parallel.events())
        .filteredOn(event -> started(event, "data"))
        .as("the step was begun twice")
        .hasSize(2);
  }

  // What was copied stays, what moved since is copied again, the catalogue is the new snapshot's.
  @Test
  void run_streamedAndKilledWhileTheRowsLoad_goesOnAndCountsEachRowOnce() throws Exception {
    Crossing streamed = crossing.streaming(3);
    Process process = streamed.start();
    try (TableLock lock = TableLock.of(target, HELD_UP)) {
      lock.awaitLoading();
      assertThat(target.asSuperuser("select count(*) from _timescaledb_catalog.chunk"))
          .isEqualTo(source.asSuperuser("select count(*) from _timescaledb_catalog.chunk"));
      kill(process);
      lock.release();
    }
    assertThat(crossing.isRestoring()).isTrue();
    try (Connection superuser = source.connect();
        Statement statement = superuser.createStatement()) {
      statement.execute("vacuum full " + chunkOf("telemetry.cpu"));
      statement.execute("select set_chunk_time_interval('shop.near', interval '2 months')");
    }

    assertThat(streamed.carry()).as(streamed::log).isEqualTo(ExitCode.DONE);

    assertThat(streamed.differences()).isEmpty();
    assertThat(streamed.isRestoring()).isFalse();
    assertThat(streamed.notices())
        .anyMatch(text -> text.contains("left the target in TimescaleDB's restore mode"))
        .anyMatch(
            text ->
                text.contains("copied again: telemetry.cpu: its chunk " + chunkOf("telemetry.cpu"))
                    && !text.contains("telemetry.ticks"))
        .anyMatch(text -> text.contains("chunks by 3 workers, all in binary"));
    MigrationReport report = streamed.report();
    assertThat(report.tables())
        .allMatch(MigrationReport.TableCount::matches)
        .filteredOn(table -> table.table().equals("cpu"))
        .singleElement()
        .matches(table -> table.chunks() == 15 && table.targetRows() == 6000);
    assertThat(report.streamed())
        .noneMatch(table -> table.table().endsWith("_chunk"))
        .filteredOn(table -> table.table().equals("cpu"))
        .singleElement()
        .matches(table -> table.units() == 16 && table.rows() == 6000);
    assertWorks();
  }

  @Test
  void run_streamedAndRowsChangedOnTheTarget_areFoundUnderTheHypertablesName() throws Exception {
    Crossing streamed = crossing.streaming(3);
    String cpu = chunkOf("telemetry.cpu");
    String ticks = chunkOf("telemetry.ticks");
    Process process = streamed.start();
    CompletableFuture<Void> exclusive;
    try (TableLock units = TableLock.of(target, "tsferry.stream_unit", "exclusive")) {
      Waiting.until(() -> isThere(ticks));
      exclusive = waitForALock(cpu);
      units.release();
    }
    // Rows go past it, indexes do not.
    try (TableLock lock = TableLock.of(target, ticks, "row exclusive")) {
      Waiting.until(
          () ->
              !process.isAlive()
                  || target
                      .asSuperuser("select exists (select from tsferry.step where step = 'copy')")
                      .equals("t"));
      target.asSuperuser(
          "update %s set usage = usage + 0.5 where ts = (select min(ts) from %1$s)".formatted(cpu));
      // Whoever is not in already waits behind the indexes.
      lock.execute("delete from %s where tick = 7".formatted(ticks));
      lock.commit();
      assertThat(Crossing.exitCode(process)).isEqualTo(ExitCode.DIFFERENCES_FOUND);
      exclusive.get(30, TimeUnit.SECONDS);
    }

    assertThat(streamed.notices())
        .anyMatch(text -> text.startsWith(cpu + ": somebody waits for an exclusive lock on it"));
    assertThat(streamed.failure().message())
        .contains("found 2 differences")
        .contains("telemetry.cpu: its chunk %s has ".formatted(cpu))
        .contains(
            "rows on both sides, and not the same: by key (ts, host_id): different: (2024-03-0")
        .contains("telemetry.ticks: its chunk %s had ".formatted(ticks))
        .contains("it has no key");
    assertThat(crossing.isRestoring()).isFalse();
    assertThat(streamed.report().tables())
        .filteredOn(table -> !table.matches())
        .extracting(MigrationReport.TableCount::table)
        .containsExactly("ticks");
  }

  private boolean isThere(String table) {
    return target.asSuperuser("select to_regclass('%s') is not null".formatted(table)).equals("t");
  }

  // Whoever comes after it waits behind it, and it for the run's snapshot.
  private static CompletableFuture<Void> waitForALock(String chunk) throws Exception {
    CompletableFuture<Void> waiter =
        CompletableFuture.runAsync(
            () -> source.asSuperuser("begin; lock table %s; rollback".formatted(chunk)));
    Waiting.until(
        () ->
            source
                .asSuperuser(
                    "select exists (select from pg_locks where not granted and relation = '%s'::regclass)"
                        .formatted(chunk))
                .equals("t"));
    return waiter;
  }

  private static String chunkOf(String hypertable) {
    return source.asSuperuser(
        "select c from show_chunks('%s') c order by c::oid limit 1".formatted(hypertable));
  }

  // With its programs, as the unit that it lives in does.
  private static void kill(Process process) throws InterruptedException {
    Stream<ProcessHandle> children = process.descendants();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean started(RunEvent event, String step) {
    return event instanceof RunEvent.StepStarted started && started.step().equals(step);
  }
}
