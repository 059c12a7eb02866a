package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresContainerEngine
class StreamIT {
  private static RdsLikeSource source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;
  private Crossing crossing;

  @BeforeAll
  static void startSource() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
    StreamCrossing.fill(source);
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
    crossing = StreamCrossing.of(source, target, folder, 0);
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

  @Test
  void run_wholeDatabase_arrivesCompletely() throws Exception {
    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(StreamCrossing.differences(crossing)).isEmpty();
    assertThat(target.asSuperuser("select count(*), sum(n) from public.by_side"))
        .isEqualTo("400|80200");
    assertThat(crossing.report().complete()).isTrue();
    assertThat(crossing.report().tables()).allMatch(MigrationReport.TableCount::matches);
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
    assertThat(crossing.events())
        .anyMatch(e -> e instanceof RunEvent.StepSkipped s && s.step().equals("jobs"))
        .noneMatch(e -> e instanceof RunEvent.StepSkipped skipped && skipped.step().equals("copy"));
  }

  @Test
  void run_rowsChangedOnTheTarget_areFoundByTheirKeys() throws Exception {
    try (Connection blocker = target.connect();
        Statement lock = blocker.createStatement()) {
      CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
      StreamCrossing.await(
          () -> target.asSuperuser("select to_regclass('public.sliced') is not null").equals("t"));
      // Rows go past it, keys do not.
      blocker.setAutoCommit(false);
      lock.execute("lock table public.sliced in access share mode");
      StreamCrossing.await(() -> StreamCrossing.began(crossing, "post-data") || run.isDone());
      target.asSuperuser("update public.sliced set n = n + 0.0000001 where id = 4711");
      target.asSuperuser("delete from public.sliced where id in (17, 39999)");
      target.asSuperuser("insert into public.sliced values (-5, 'new'), (-6, null)");
      target.asSuperuser("update \"not logged\" set md5 = 'x' where g = 500");
      blocker.rollback();

      assertThat(run.get(180, TimeUnit.SECONDS))
          .as(crossing::log)
          .isEqualTo(ExitCode.DIFFERENCES_FOUND);
    }
    assertThat(crossing.failure().message())
        .contains("found 2 differences")
        .contains("public.sliced has 40,000 rows on both sides, and not the same: by key (id)")
        .contains("different: (4711)")
        .containsPattern("missing on the target: \\((17|39999)\\) \\((17|39999)\\);")
        .containsPattern("on the target only: \\(-[56]\\) \\(-[56]\\);")
        .contains("public.not logged has 1,000 rows on both sides, and not the same")
        .contains("it has no key");
    assertThat(crossing.report().complete()).isFalse();
  }
}
