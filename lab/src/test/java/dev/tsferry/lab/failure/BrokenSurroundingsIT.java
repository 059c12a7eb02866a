package dev.tsferry.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.LocalRun;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, a password that is wrong, a server that goes down: said so, and overcome.
 */
@RequiresContainerEngine
class BrokenSurroundingsIT {
  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;

  @TempDir Path folder;
  private Crossing crossing;

  @BeforeAll
  static void start() throws Exception {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    target =
        new TimescaleLikeTarget(DatabaseImages.target(), "localhost")
            .publishedOnLoopback()
            .withTmpFs(Map.of("/small", "size=2m"));
    source.start();
    target.start();
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(Footprint.sql("small"));
      // More than the small disks hold.
      statement.execute(
          "create table small.big as select i, repeat(md5(i::text), 20) as text from generate_series(1, 5000) i");
    }
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @BeforeEach
  void crossing() {
    crossing = Crossing.of(source, target, folder, List.of());
  }

  @AfterEach
  void takeBack() throws Exception {
    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);
    assertThat(crossing.differences()).isEmpty();
    crossing.rollbackOfFinished().execute();
  }

  @Test
  void run_dumpFillsTheHostsDisk_namesTheFileAndTheRemedy() throws Exception {
    Path dump = Files.createDirectories(crossing.request().dumpDirectory());
    assumeTrue(
        execute("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", dump.toString()) == 0,
        "making a small disk needs root");
    try {
      CompletableFuture<ExitCode> ended = CompletableFuture.supplyAsync(crossing::carry);
      Waiting.until(() -> ended.isDone() || Files.exists(dump.resolve("roles.sql")));
      execute("dd", "if=/dev/zero", "of=" + dump.resolve("others"), "bs=64k");
      assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.TOOL_FAILED);
    } finally {
      assertThat(execute("umount", dump.toString())).isZero();
    }
    RunEvent.StepFailed failure = crossing.failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(failure.step()).isEqualTo("dump");
    assertThat(failure.message()).contains(dump.toString()).contains("No space left on device");
    assertThat(failure.hints()).anyMatch(hint -> hint.contains("run again"));
  }

  @Test
  void run_targetsDiskIsFull_namesTheTableAndTheRemedy() throws Exception {
    target.execInContainer("mkdir", "/small/space");
    target.asSuperuser("create tablespace small location '/small/space'");
    target.asSuperuser("grant create on tablespace small to public");
    target.asSuperuser("alter database tsdb set default_tablespace = small");

    assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);

    RunEvent.StepFailed failure = crossing.failure();
    assertThat(failure.step()).isEqualTo("data");
    assertThat(failure.message()).contains("No space left on device").contains("rows of big");
    assertThat(failure.hints())
        .containsExactly("the target's disk is full: enlarge it, then run again");
    // What was made there already is to be found elsewhere from now on.
    crossing.rollback().execute();
    target.asSuperuser("alter database tsdb reset default_tablespace");
    target.asSuperuser("drop tablespace small");
  }

  @Test
  void run_passwordIsChangedInTheMiddle_isReadAgain_orNamed() throws Exception {
    String[] known = {source.password()};
    PasswordSource passwords =
        new PasswordSource() {
          @Override
          public Secret source() {
            return Secret.of(known[0]);
          }

          @Override
          public Secret target() {
            return Secret.of(target.password());
          }
        };
    MigrationRun run = new MigrationRun(crossing.request(), passwords, LocalRun.silent());
    try {
      CompletableFuture<ExitCode> ended = held(run, () -> password("another"));
      assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.SOURCE_DATABASE);

      assertThat(crossing.failure().code()).isEqualTo(ErrorCode.SOURCE_LOGIN_FAILED);
      assertThat(crossing.failure().hints())
          .containsExactly("check the source's user and set its password again");
      known[0] = "another";
      assertThat(new MigrationRun(crossing.request(), passwords, LocalRun.silent()).run())
          .isEqualTo(ExitCode.DONE);
      crossing.rollbackOfFinished().execute();
    } finally {
      password(source.password());
    }
  }

  private static void password(String password) {
    source.asSuperuser(
        "alter role orders_admin password '%s'".formatted(password.replace("'", "''")));
  }

  @Test
  void run_usersWithTimeLimits_areNotEndedByThem() throws Exception {
    String limit =
        "alter role %1$s set statement_timeout = '%2$s'; alter role %1$s set lock_timeout = '%2$s';"
            + " alter role %1$s set idle_in_transaction_session_timeout = '%2$s'";
    source.asSuperuser(limit.formatted("orders_admin", "300ms"));
    target.asSuperuser(limit.formatted("tsdbadmin", "300ms"));
    try {
      CompletableFuture<ExitCode> ended =
          held(crossing.run(), () -> target.asSuperuser("select pg_sleep(1)"));
      assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
      crossing.rollbackOfFinished().execute();
    } finally {
      source.asSuperuser("alter role orders_admin reset all");
      target.asSuperuser("alter role tsdbadmin reset all");
    }
  }

  @Test
  void run_targetCrashesWhileTheRowsLoad_isWaitedForAndGoesOn() throws Exception {
    CompletableFuture<ExitCode> ended = held(crossing.run(), () -> crash(target));

    assertThat(ended.get(90, TimeUnit.SECONDS)).as(crossing::log).isEqualTo(ExitCode.DONE);
    assertThat(crossing.notices()).anyMatch(text -> text.contains("until it takes them again"));
    crossing.rollbackOfFinished().execute();
  }

  @Test
  void run_sourceCrashesAfterTheDump_isWaitedForAndStillProven() throws Exception {
    CompletableFuture<ExitCode> ended = held(crossing.run(), () -> crash(source));

    assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
    assertThat(crossing.notices())
        .as("the counters are lost, and the number of the next transaction is not")
        .anyMatch(text -> text.contains("no transaction of the source's server wrote since"));
    crossing.rollbackOfFinished().execute();
  }

  // The server's own processes die as in a crash of the machine; the server recovers.
  private static void crash(LabDatabase<?> server) {
    String pid =
        server.asSuperuser("select pid from pg_stat_activity where backend_type = 'checkpointer'");
    try {
      server.execInContainer("kill", "-9", pid);
      Waiting.until(() -> isUp(server));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isUp(LabDatabase<?> server) {
    try {
      return server.asSuperuser("select 1").equals("1");
    } catch (IllegalStateException e) {
      return false;
    }
  }

  // Holds the rows up, does something, and lets them go on.
  private CompletableFuture<ExitCode> held(MigrationRun run, Runnable then) throws Exception {
    CompletableFuture<ExitCode> ended = CompletableFuture.supplyAsync(run::run);
    try (TableLock lock = TableLock.of(target, "small.keyless")) {
      lock.awaitLoading();
      then.run();
    }
    return ended;
  }

  private static int execute(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
