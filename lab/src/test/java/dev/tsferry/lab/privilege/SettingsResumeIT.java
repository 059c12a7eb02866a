package dev.tsferry.lab.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a run at the last statement of the step that grants and sets, and takes it up again. */
@RequiresContainerEngine
class SettingsResumeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String WAITING =
      "select count(*) from pg_stat_activity where application_name = 'tsferry-settings'"
          + " and wait_event_type = 'Lock' and query ilike '%comment on database%'";
  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where application_name like 'tsferry-%'";

  @TempDir Path directory;

  @Test
  void run_killedInsideSettings_isTakenUpWithoutATrace() throws Exception {
    try (RdsLikeSource source =
            new RdsLikeSource(
                    DatabaseImages.source(), "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com")
                .publishedOnLoopback();
        TimescaleLikeTarget target =
            new TimescaleLikeTarget(DatabaseImages.target(), "orders.tsdb.cloud.test")
                .publishedOnLoopback()) {
      source.start();
      target.start();
      try (Connection master = source.connect()) {
        OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
        WhoMayWhat.run(master, "ledgers.sql");
      }
      Crossing run = Crossing.of(source, target, directory, OrdersDatabase.HYPERTABLES);
      killAtTheLastStatement(target, run);
      assertThat(target.asSuperuser("select count(*) from tsferry.step where step = 'settings'"))
          .isEqualTo("0");
      assertThat(target.asSuperuser("select count(*) from tsferry.step where step = 'post-data'"))
          .isEqualTo("1");
      assertThat(
              target.asSuperuser(
                  "select relowner::regrole from pg_class where oid = 'shared.parts'::regclass"))
          .isEqualTo("tsdbadmin");

      // Nothing of the source is read again for this step.
      source.asSuperuser("grant update on shared.mine to led_temp");
      assertThat(run.carry()).as(run.log()).isEqualTo(ExitCode.DONE);

      try (Connection sourceSide = source.connect();
          Connection targetSide = target.connect()) {
        SortedSet<String> before = WhoMayWhat.in(sourceSide);
        SortedSet<String> after = WhoMayWhat.in(targetSide);
        assertThat(WhoMayWhat.minus(before, after))
            .containsExactlyInAnyOrder(
                "member: nightly-export of pg_read_all_data",
                "relation shared.mine: led_temp UPDATE from the owner",
                "relation shared.mine: rds_superuser SELECT from the owner",
                "setting the owner work_mem=8MB");
        assertThat(WhoMayWhat.minus(after, before)).isEmpty();
        try (Statement owner = targetSide.createStatement()) {
          // What it has given away is still the target user's to change.
          owner.execute("alter table shared.parts add column later integer");
          owner.execute("drop schema \"led; ger\" cascade");
        }
      }
      assertThat(
              run.report().changes().stream()
                  .filter(change -> change.step().equals("settings"))
                  .distinct())
          .hasSameSizeAs(
              run.report().changes().stream()
                  .filter(change -> change.step().equals("settings"))
                  .toList());
    }
  }

  private void killAtTheLastStatement(TimescaleLikeTarget target, Crossing run) throws Exception {
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("comment on database tsdb is 'held'");
      Process process = run.start();
      await(target, WAITING, "1", process);
      process.destroyForcibly().waitFor();
      owner.rollback();
    }
    await(target, SESSIONS, "0", null);
  }

  private void await(TimescaleLikeTarget target, String query, String answer, Process process)
      throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!target.asSuperuser(query).equals(answer)) {
      boolean alive = process == null || process.isAlive();
      assertThat(alive).as(query).isTrue();
      assertThat(Instant.now()).as(query).isBefore(end);
      Thread.sleep(200);
    }
  }
}
