package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TimescaleDB database arrives chunk by chunk, and restore mode never stays on. */
@RequiresContainerEngine
class MetricsCrossingIT {
  private static final String PSQL_OF_DATA =
      "select count(*) from pg_stat_activity where application_name = 'tsferry-data'"
          + " and wait_event_type = 'Lock'";

  private static final String COPIES_WAITING =
      "select count(*) from pg_stat_activity where application_name = 'tsferry-copy'"
          + " and wait_event_type = 'Lock'";

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

  @TempDir static Path shared;
  private static Path programs;
  private static SelfHostedTimescale source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;
  private Crossing crossing;

  @BeforeAll
  static void startSource() throws Exception {
    source = Crossing.startedTimescale();
    try (Connection superuser = source.connect()) {
      SelfHostedTimescale.createMetrics(superuser);
    }
    programs = ImagePrograms.of(source, shared);
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = Crossing.startedTarget();
    crossing = Crossing.of(source, target, folder, programs);
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

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

  // New rows go into old and new chunks, of every hypertable; keys and triggers hold.
  private void assertWorks() throws SQLException {
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "insert into telemetry.cpu values ('2030-01-01', 1, 5, 'new'), ('2024-03-05 00:00:01', 1, 5, 'old')");
      statement.execute("insert into telemetry.ticks values (1000000, 1, '{}')");
      statement.execute("insert into telemetry.log values ('2031-01-01', 'm', 's')");
      statement.execute("insert into public.empty_series values (now(), 1)");
      statement.execute("insert into shop.alerts (ts, host_id) values ('2030-01-01', 1)");
    }
    assertThat(target.asSuperuser("select count(*) from show_chunks('telemetry.cpu')"))
        .isEqualTo("16");
    assertThat(target.asSuperuser("select count(*) from show_chunks('public.empty_series')"))
        .isEqualTo("1");
    assertThat(target.asSuperuser("select count(*) from telemetry.cpu")).isEqualTo("6002");
    assertThat(
            target.asSuperuser(
                "select max(id) from shop.alerts where ts = '2030-01-01'"
                    + " and id > (select max(id) from shop.alerts where ts < '2030-01-01')"))
        .isNotEmpty();
  }

  @Test
  void run_killedWhileTheRowsLoad_leavesRestoreModeOnAndTheNextOneEndsIt() throws Exception {
    try (Connection blocker = target.connect()) {
      Process process = crossing.start();
      block(blocker);
      Waiting.until(() -> target.asSuperuser(PSQL_OF_DATA).equals("1"));
      kill(process);
      blocker.rollback();
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
    try (Connection blocker = target.connect()) {
      Process run = estimated.start();
      block(blocker);
      Waiting.until(() -> target.asSuperuser(PSQL_OF_DATA).equals("1"));
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
    Process run;
    try (Connection blocker = target.connect()) {
      run = parallel.start();
      block(blocker);
      Waiting.until(() -> target.asSuperuser(PSQL_OF_DATA).equals("1"));
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
      blocker.rollback();
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
    try (Connection blocker = target.connect()) {
      Process process = streamed.start();
      block(blocker);
      Waiting.until(() -> !process.isAlive() || target.asSuperuser(COPIES_WAITING).equals("1"));
      assertThat(target.asSuperuser("select count(*) from _timescaledb_catalog.chunk"))
          .isEqualTo(source.asSuperuser("select count(*) from _timescaledb_catalog.chunk"));
      kill(process);
      blocker.rollback();
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
    try (Connection beforeRows = target.connect();
        Connection blocker = target.connect();
        Statement lock = blocker.createStatement()) {
      Process process = streamed.start();
      blockUnits(beforeRows);
      Waiting.until(
          () ->
              target
                  .asSuperuser("select to_regclass('%s') is not null".formatted(ticks))
                  .equals("t"));
      CompletableFuture<Void> exclusive = waitForALock(cpu);
      beforeRows.rollback();
      // Rows go past it, indexes do not.
      blocker.setAutoCommit(false);
      lock.execute("lock table %s in row exclusive mode".formatted(ticks));
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
      blocker.commit();
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

  private void blockUnits(Connection blocker) throws Exception {
    Waiting.until(
        () ->
            target
                .asSuperuser("select to_regclass('tsferry.stream_unit') is not null")
                .equals("t"));
    blocker.setAutoCommit(false);
    try (Statement lock = blocker.createStatement()) {
      lock.execute("lock table tsferry.stream_unit in exclusive mode");
    }
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

  // Holds up the rows, from the moment that the table is there.
  private void block(Connection blocker) throws Exception {
    Waiting.until(
        () -> target.asSuperuser("select to_regclass('shop.keyless') is not null").equals("t"));
    blocker.setAutoCommit(false);
    try (Statement lock = blocker.createStatement()) {
      lock.execute("lock table shop.keyless in access exclusive mode");
    }
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
