package dev.tsferry.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.TableLock;
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
      // Its session ends with the network, and it does not: the server is not told.
      try (TableLock lock = TableLock.of(target, "public.orders")) {
        lock.awaitLoading();
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
