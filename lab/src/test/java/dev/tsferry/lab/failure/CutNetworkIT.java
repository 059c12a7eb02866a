package dev.tsferry.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the target is gone in the middle of the rows, and stays gone. */
@RequiresContainerEngine
class CutNetworkIT {
  private static final String LOADING =
      "select count(*) from pg_stat_activity where application_name = 'tsferry-data'"
          + " and wait_event_type = 'Lock'";

  private static final String LOCK =
      """
      do $$ begin
        for i in 1..60000 loop
          exit when exists (select from pg_class where relname = 'orders' and relkind = 'r');
          perform pg_sleep(0.001);
        end loop;
        lock table public.orders in access exclusive mode;
      end $$
      """;

  @TempDir Path folder;

  @Test
  void run_networkIsCutWhileTheRowsLoad_waitsAndSaysSo_andCanBeCancelled() throws Exception {
    try (RdsLikeSource source = new RdsLikeSource(DatabaseImages.source(), "localhost");
        TimescaleLikeTarget target =
            new TimescaleLikeTarget(DatabaseImages.target(), "localhost")) {
      source.publishedOnLoopback().start();
      target.publishedOnLoopback().start();
      try (Connection master = source.connect();
          Statement statement = master.createStatement()) {
        statement.execute("create table orders as select generate_series(1, 1000) as id");
      }
      Crossing crossing = Crossing.of(source, target, folder, List.of());
      MigrationRun run = crossing.run();

      CompletableFuture<ExitCode> ended = CompletableFuture.supplyAsync(run::run);
      holdRows(target, ended);
      cut(target);
      Waiting.until(
          () ->
              ended.isDone()
                  || crossing.notices().stream()
                      .anyMatch(text -> text.contains("waiting up to 15 minutes")));
      assertThat(ended).as(crossing::log).isNotDone();
      run.cancel();

      assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.CANCELLED);
      assertThat(crossing.state().status()).isEqualTo(RunState.Status.CANCELLED);
    }
  }

  // The rows of the table wait for a lock, whose session ends with the network. It is taken by the
  // server as soon as the table is there, since rows are loaded some milliseconds later.
  private static void holdRows(TimescaleLikeTarget target, CompletableFuture<ExitCode> ended)
      throws Exception {
    Connection blocker = target.connect();
    blocker.setAutoCommit(false);
    try (Statement lock = blocker.createStatement()) {
      lock.execute(LOCK);
    }
    Waiting.until(() -> ended.isDone() || target.asSuperuser(LOADING).equals("1"));
  }

  private static void cut(TimescaleLikeTarget target) {
    String network =
        target.getContainerInfo().getNetworkSettings().getNetworks().keySet().iterator().next();
    target
        .getDockerClient()
        .disconnectFromNetworkCmd()
        .withContainerId(target.getContainerId())
        .withNetworkId(network)
        .exec();
  }
}
