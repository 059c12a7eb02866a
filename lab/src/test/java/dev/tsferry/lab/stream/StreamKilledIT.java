package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.state.RunPause;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies in the middle of the rows, each of them is there once in the end. */
@RequiresContainerEngine
class StreamKilledIT {
  // For a long night: -Dstream.kills=100
  private static final int KILLS = Integer.getInteger("stream.kills", 8);
  private static final int LONGEST_MILLIS = 1_500;
  private static final int MOST_ATTEMPTS = 60;
  private static final String COPYING =
      "select count(*) from tsferry.stream_copied where rows is not null";

  private static final String VALID_KEYS =
      "select count(*) from pg_constraint where contype = 'f' and convalidated and conparentid = 0";

  private static RdsLikeSource source;

  @TempDir Path folder;

  @BeforeAll
  static void startSource() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopbackForGood();
    source.start();
    StreamCrossing.fill(source);
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  /** What goes wrong. */
  private enum Accident {
    RUNNER_KILLED,
    COPIES_ENDED_ON_THE_TARGET,
    COPIES_ENDED_ON_THE_SOURCE,
    BUILDS_ENDED_ON_THE_TARGET,
    SNAPSHOT_ENDED,
    TARGET_CRASHED,
    TARGET_KILLED,
    SOURCE_RESTARTED
  }

  @Test
  void run_disturbedAtRandomMoments_arrivesExactlyOnce() throws Exception {
    long seed = Long.getLong("stream.seed", System.nanoTime());
    Random random = new Random(seed);
    int kills = 0;
    for (int crossings = 0; kills < KILLS; crossings++) {
      try (TimescaleLikeTarget target = started()) {
        Crossing crossing =
            StreamCrossing.of(source, target, folder.resolve("run-" + crossings), 1);
        kills = disturb(crossing, target, random, kills);
        assertThat(StreamCrossing.differences(crossing)).as("seed %d", seed).isEmpty();
      }
    }
  }

  private static int disturb(
      Crossing crossing, TimescaleLikeTarget target, Random random, int before) throws Exception {
    int kills = before;
    java.nio.file.Files.createDirectories(crossing.request().stateDirectory().getParent());
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Process process = crossing.start();
      while (process.isAlive() && kills < KILLS) {
        Waiting.until(() -> !process.isAlive() || StreamCrossing.began(crossing, "copy"));
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        if (process.isAlive()) {
          Accident accident =
              Accident.values()[
                  kills < Accident.values().length
                      ? kills
                      : random.nextInt(Accident.values().length)];
          cause(accident, process, target);
          kills++;
        }
      }
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      if (process.exitValue() == ExitCode.DONE.code()) {
        return kills;
      }
    }
    throw new AssertionError("it never ended well: " + crossing.log());
  }

  private static void cause(Accident accident, Process process, TimescaleLikeTarget target)
      throws Exception {
    switch (accident) {
      case RUNNER_KILLED -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      case COPIES_ENDED_ON_THE_TARGET -> target.asSuperuser(end("tsferry-copy"));
      case COPIES_ENDED_ON_THE_SOURCE -> source.asSuperuser(end("tsferry-copy"));
      case BUILDS_ENDED_ON_THE_TARGET -> target.asSuperuser(end("tsferry-index"));
      case SNAPSHOT_ENDED -> source.asSuperuser(end("tsferry-snapshot"));
      case TARGET_CRASHED -> crash(target);
      case TARGET_KILLED -> {
        target.restarted(true);
        awaitReady(target);
      }
      case SOURCE_RESTARTED -> {
        source.restarted(false);
        awaitReady(source);
      }
    }
  }

  private static String end(String name) {
    return "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '%s'"
        .formatted(name);
  }

  // One killed server process makes all others end and the server recover.
  private static void crash(LabDatabase<?> server) throws Exception {
    String victim =
        server.asSuperuser(
            "select pid from pg_stat_activity where backend_type = 'background writer'");
    assertThat(server.execInContainer("sh", "-c", "kill -9 " + victim).getExitCode()).isZero();
    awaitReady(server);
  }

  private static void awaitReady(LabDatabase<?> server) throws Exception {
    Waiting.until(
        () -> {
          try {
            return server.asSuperuser("select 1").equals("1");
          } catch (IllegalStateException e) {
            return false;
          }
        });
  }

  @Test
  void run_targetCrashesAfterKeysWereValidated_keepsThemValid() throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing crossing = StreamCrossing.of(source, target, folder, 0);
      Process process = crossing.start();
      // Rows go past it, a trigger does not: what is left of the schema waits for it.
      try (TableLock lock = TableLock.of(target, "public.late", "row exclusive")) {
        lock.awaitLoading();
        String valid = target.asSuperuser(VALID_KEYS);
        assertThat(valid).isNotEqualTo("0");

        crash(target);

        assertThat(target.asSuperuser(VALID_KEYS)).isEqualTo(valid);
      }
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(crossing::log).isEqualTo(ExitCode.TARGET_DATABASE.code());
      assertThat(crossing.failure().message())
          .contains("empties unlogged tables: public.not logged, shop.carts");
      assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);
      assertThat(StreamCrossing.differences(crossing)).isEmpty();
    }
  }

  @Test
  void run_paused_holdsStill_andGoesOnWhenItIsResumed() throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing watched = StreamCrossing.of(source, target, folder, 2);
      Crossing crossing =
          watched.with(
              watched
                  .request()
                  .pipeline()
                  .with(new Quiesce(Quiesce.Mode.NONE, false, false, false)));
      Process process = crossing.start();
      Waiting.until(() -> StreamCrossing.began(crossing, "copy"));
      RunPause pause = new RunPause(crossing.request().stateDirectory());
      pause.turn(true);
      Waiting.until(() -> String.valueOf(crossing.state().progress()).contains("paused"));
      String copied = target.asSuperuser(COPYING);
      String bytes = String.valueOf(crossing.state().progress().done());

      // Three more documents of the run's state, of which each would show that something moved.
      for (int i = 0; i < 3; i++) {
        Instant before = crossing.state().updatedAt();
        Waiting.until(() -> crossing.state().updatedAt().isAfter(before));
        assertThat(String.valueOf(crossing.state().progress().done())).isEqualTo(bytes);
      }
      assertThat(target.asSuperuser(COPYING)).isEqualTo(copied);
      // No snapshot outlives these, whatever the plan says of writers.
      try (Connection owner = source.connect();
          Statement statement = owner.createStatement()) {
        statement.execute("set lock_timeout = '50ms'");
        for (String rewriting : List.of("truncate public.sliced", "vacuum full public.rewritten")) {
          assertThatThrownBy(() -> statement.execute(rewriting)).hasMessageContaining("timeout");
        }
      }
      pause.turn(false);

      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(crossing::log).isZero();
      assertThat(StreamCrossing.differences(crossing)).isEmpty();
    }
  }

  @Test
  void run_sourceWrittenToBetweenAttempts_copiesThoseTablesAgain() throws Exception {
    resumedAfterWrites(new Quiesce(Quiesce.Mode.LOCK, false, false, false), false);
  }

  @Test
  void run_sourceCrashedSoThatItsCountersAreGone_isFoundByDigests() throws Exception {
    // After it every counter is at zero, as after the next one.
    crash(source);
    source.asSuperuser(
        "insert into \"not logged\" select g, md5(g::text) from generate_series(1, 1000) g");
    resumedAfterWrites(new Quiesce(Quiesce.Mode.LOCK, false, false, false), true);
  }

  @Test
  void run_sourceWrittenToAndNobodyWatched_isFoundByDigests() throws Exception {
    resumedAfterWrites(new Quiesce(Quiesce.Mode.NONE, false, false, false), false);
  }

  private void resumedAfterWrites(Quiesce quiesce, boolean crash) throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing watched = StreamCrossing.of(source, target, folder, 3);
      Crossing crossing = watched.with(watched.request().pipeline().with(quiesce));
      Process process = crossing.start();
      // The largest comes first.
      Waiting.until(
          () -> {
            assertThat(process.isAlive()).as(crossing::log).isTrue();
            return StreamCrossing.began(crossing, "copy")
                && Integer.parseInt(target.asSuperuser(COPYING)) >= 3;
          });
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      // One that is gone has told its counters; an idle one is waited for.
      try (Connection writer = source.connect();
          Statement statement = writer.createStatement()) {
        statement.execute("update public.sliced set text = now()::text where id = 1");
        statement.execute("vacuum full public.large_row");
      }
      if (crash) {
        crash(source);
      }

      assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

      assertThat(StreamCrossing.differences(crossing)).isEmpty();
      assertThat(StreamCrossing.notices(crossing))
          .anyMatch(
              text ->
                  text.contains("copied again: public.sliced")
                      && !text.contains("telemetry.readings"));
    }
  }

  private static TimescaleLikeTarget started() {
    TimescaleLikeTarget target =
        new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopbackForGood();
    target.start();
    return target;
  }
}
