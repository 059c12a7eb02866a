package dev.tsferry.runner.stream.copy;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.Ticker;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * A fixed number of workers that take units from one queue. A lost connection is got over with a
 * new one; every other failure of one ends all.
 */
public final class CopyWorkers {
  private static final Duration TELL = Duration.ofSeconds(1);

  private final Server source;
  private final Server target;
  private final Options options;
  private final StepContext context;
  private final Cancellation all = new Cancellation();

  /**
   * How it is done.
   *
   * @param bytesPerSecond 0 for no limit
   * @param snapshot the exported snapshot's name
   * @param beforeRetry what must hold before lost work is tried again, such as the run's lock
   */
  public record Options(int jobs, long bytesPerSecond, String snapshot, Runnable beforeRetry) {}

  public CopyWorkers(Server source, Server target, Options options, StepContext context) {
    this.source = source.within(all);
    this.target = target.within(all);
    this.options = options;
    this.context = context;
  }

  /**
   * Copies what is not copied yet.
   *
   * @param tables by their numbers in the ledger
   * @param before what the ledger has
   * @param onCopied told each unit that is done, by several threads
   */
  public void copy(
      Map<Integer, StreamTable> tables,
      Collection<Unit> units,
      Map<Integer, Copied> before,
      Consumer<Unit> onCopied)
      throws InterruptedException {
    List<Unit> left = units.stream().filter(unit -> !before.containsKey(unit.id())).toList();
    if (left.isEmpty()) {
      return;
    }
    CopyProgress progress = progress(tables, units, left, before);
    ExecutorService threads = Executors.newCachedThreadPool(CopyWorkers::thread);
    WorkQueue queue = new WorkQueue(left);
    Chunks chunks = new Chunks(target);
    UnitTransfer.Shared shared =
        new UnitTransfer.Shared(threads, chunks, new Throttle(options.bytesPerSecond()), progress);
    StallWatch stall = new StallWatch(target, progress);
    try (Ticker ticker = Ticker.start("copy-progress", TELL, () -> tell(progress, stall))) {
      java.util.Objects.requireNonNull(ticker, "ticker is null");
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < Math.min(options.jobs(), left.size()); i++) {
        workers.add(
            threads.submit(
                () -> {
                  work(queue, tables, shared, onCopied);
                  return null;
                }));
      }
      join(workers);
    } finally {
      all.cancel();
      threads.shutdownNow();
      chunks.close();
      stall.close();
    }
  }

  private static CopyProgress progress(
      Map<Integer, StreamTable> tables,
      Collection<Unit> units,
      List<Unit> left,
      Map<Integer, Copied> before) {
    long total = units.stream().mapToLong(Unit::weight).sum();
    long rest = left.stream().mapToLong(Unit::weight).sum();
    long wire = before.values().stream().mapToLong(Copied::bytes).sum();
    return new CopyProgress(tables, total, total - rest, wire);
  }

  private void tell(CopyProgress progress, StallWatch stall) {
    CopyProgress.Now now = progress.now();
    String what =
        now.tables().size() <= 2
            ? String.join(", ", now.tables())
            : "%s, %s and %d more"
                .formatted(now.tables().get(0), now.tables().get(1), now.tables().size() - 2);
    context.progress(
        stall.look(now).map(why -> what + " (" + why + ")").orElse(what),
        now.done(),
        now.total(),
        "byte");
  }

  private void work(
      WorkQueue queue,
      Map<Integer, StreamTable> tables,
      UnitTransfer.Shared shared,
      Consumer<Unit> onCopied)
      throws InterruptedException {
    try (SessionPair sessions = new SessionPair(source, target, options.snapshot())) {
      for (Optional<Unit> unit = queue.next(); unit.isPresent(); unit = queue.next()) {
        context.checkCancelled();
        all.check();
        Unit next = unit.get();
        Copied copied = copy(next, tables.get(next.table()), sessions, shared);
        shared.progress().finished(next, copied.bytes());
        onCopied.accept(next);
      }
    }
  }

  private Copied copy(
      Unit unit, StreamTable table, SessionPair sessions, UnitTransfer.Shared shared)
      throws InterruptedException {
    Retries retries = new Retries(context, options.beforeRetry(), all);
    while (true) {
      try {
        sessions.open();
        return new UnitTransfer(unit, table, sessions.source(), sessions.target(), shared).run();
      } catch (SQLException | RuntimeException e) {
        shared.progress().failed(unit);
        sessions.close();
        all.check();
        if (e instanceof SQLException refused && UnitLedger.isClaimed(refused)) {
          Optional<Copied> there = new UnitLedger(target).copied(unit.id());
          if (there.isPresent()) {
            return there.get();
          }
        } else if (!Losses.isLoss(e)) {
          throw inWords(unit, e);
        }
        retries.waitAfter(unit, e);
      }
    }
  }

  private MigrationException inWords(Unit unit, Exception e) {
    if (e instanceof MigrationException told) {
      return told;
    }
    if (e instanceof UnitTransfer.SourceException failure) {
      return ServerErrors.working(source.side(), "copying " + unit, failure.original());
    }
    if (e instanceof SQLException failure) {
      return ServerErrors.working(target.side(), "copying " + unit, failure);
    }
    throw (RuntimeException) e;
  }

  private void join(List<Future<Void>> workers) throws InterruptedException {
    RuntimeException first = null;
    for (Future<Void> worker : workers) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        all.cancel();
        RuntimeException failure =
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause());
        first = first == null ? failure : worse(first, failure);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  // The one that failed first says why; the others were only stopped.
  private static RuntimeException worse(RuntimeException first, RuntimeException second) {
    return isStop(first) && !isStop(second) ? second : first;
  }

  private static boolean isStop(RuntimeException e) {
    return e instanceof Frames.StoppedException
        || (e instanceof MigrationException told && told.code() == ErrorCode.CANCELLED);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "copy");
    thread.setDaemon(true);
    return thread;
  }
}
