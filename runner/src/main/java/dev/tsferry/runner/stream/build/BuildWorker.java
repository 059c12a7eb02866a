package dev.tsferry.runner.stream.build;

import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.loss.Losses;
import dev.tsferry.runner.stream.loss.Retries;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Takes builds one by one. What the target refuses is given up without a word: the step that loads
 * what is left of the schema meets it again, in the dump's order, and says what comes of it.
 */
public final class BuildWorker implements AutoCloseable {
  private final Builds builds;
  private final IndexBuilder builder;
  private final Common common;

  /**
   * What all workers of one kind have in common.
   *
   * @param jobs how many work at a time
   * @param beforeRetry what must hold before lost work is tried again, such as the run's lock
   * @param all ends all of them
   */
  public record Common(
      Ledger.Run run,
      int jobs,
      Runnable beforeRetry,
      Cancellation all,
      StepContext context,
      Progress progress) {}

  /** Told what is in work, by several threads. */
  public interface Progress {
    void begun(TableStatement build, long bytes);

    void ended(TableStatement build, long bytes);
  }

  /**
   * @param target within the common cancellation
   */
  public BuildWorker(Builds builds, Server target, Common common) {
    this.builds = builds;
    this.builder = new IndexBuilder(target, common.all(), common.run(), common.jobs());
    this.common = common;
  }

  /** Builds the next, and returns whether there was one. */
  public boolean one() throws InterruptedException {
    Optional<TableStatement> next = builds.next();
    if (next.isEmpty()) {
      return false;
    }
    TableStatement build = next.get();
    long bytes = builds.bytes(build);
    common.progress().begun(build, bytes);
    try {
      build(build);
    } finally {
      common.progress().ended(build, bytes);
      builds.finished(build);
    }
    return true;
  }

  private void build(TableStatement build) throws InterruptedException {
    Retries retries = new Retries(common.context(), common.beforeRetry(), common.all());
    while (true) {
      try {
        builder.build(build, build.statement(), builds.left());
        return;
      } catch (SQLException | RuntimeException e) {
        builder.close();
        common.all().check();
        if (e instanceof RuntimeException unchecked && !Losses.isLoss(e)) {
          throw unchecked;
        }
        retries.waitAfter(build.statement().title(), e);
      }
    }
  }

  @Override
  public void close() {
    builder.close();
  }
}
