package dev.tsferry.runner.stream.build;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.dump.TableStatement.Making;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.Workers;
import dev.tsferry.runner.state.Ledger;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is left to build when all rows are there: indexes first, all at once, then foreign keys.
 * What can't be built so, such as what is made of partitions' parts, is passed over.
 */
public final class RestOfKeys {
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final Server target;
  private final Ledger ledger;
  private final int jobs;
  private final Cancellation all = new Cancellation();
  private final BuildWorker.Common common;

  /**
   * @param beforeRetry what must hold before lost work is tried again
   */
  public RestOfKeys(
      Server target,
      Ledger ledger,
      Ledger.Run run,
      int jobs,
      Runnable beforeRetry,
      StepContext context) {
    this.target = target.within(all);
    this.ledger = ledger;
    this.jobs = jobs;
    this.common = new BuildWorker.Common(run, jobs, beforeRetry, all, context, new Told(context));
  }

  /**
   * Builds.
   *
   * @param step the step, for the report
   * @return foreign keys that rows break, which are there and not valid
   */
  public List<StatementChange> build(String step, List<TableStatement> statements)
      throws InterruptedException {
    TargetTables tables;
    try (Session session = target.visit("index")) {
      tables = new TargetTables(session);
    }
    Set<String> made = ledger.begunBy(TableStatement.ROW);
    Builds builds =
        new Builds(
                statements.stream()
                    .filter(statement -> statement.making() != Making.FOREIGN_KEY)
                    .filter(s -> tables.table(s.table()).filter(t -> !t.partitioned()).isPresent())
                    .filter(statement -> !made.contains(statement.row()))
                    .toList(),
                table -> tables.table(table).orElseThrow().bytes())
            .allReady();
    Workers.run("index", Math.min(jobs, builds.left()), all, () -> work(builds));
    return new ForeignKeys(target, common, tables, made).make(step, statements);
  }

  private Void work(Builds builds) throws InterruptedException {
    try (BuildWorker worker = new BuildWorker(builds, target, common)) {
      do {
        while (worker.one()) {
          common.context().checkCancelled();
        }
      } while (builds.await(LOOK_AGAIN_MILLIS));
    }
    return null;
  }

  /** Tells what is in work. */
  private static final class Told implements BuildWorker.Progress {
    private final StepContext context;
    private final AtomicInteger done = new AtomicInteger();

    Told(StepContext context) {
      this.context = context;
    }

    @Override
    public void begun(TableStatement build, long bytes) {
      context.progress(build.statement().title(), done.get(), 0, "statement");
    }

    @Override
    public void ended(TableStatement build, long bytes) {
      done.incrementAndGet();
    }
  }
}
