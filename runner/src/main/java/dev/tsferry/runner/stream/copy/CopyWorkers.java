package dev.tsferry.runner.stream.copy;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.Ticker;
import dev.tsferry.runner.process.Workers;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.build.BuildWorker;
import dev.tsferry.runner.stream.build.Builds;
import dev.tsferry.runner.stream.loss.Losses;
import dev.tsferry.runner.stream.loss.Retries;
import dev.tsferry.runner.stream.loss.SourceException;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A fixed number of workers that copy units from one queue, and build the indexes of tables whose
 * rows are all there, which come first. A lost connection is got over with a new one; every other
 * failure of one ends all.
 */
public final class CopyWorkers {
  private static final Duration TELL = Duration.ofSeconds(1);
  private static final long LOOK_AGAIN_MILLIS = 200;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String IN_THE_WAY =
      "%s: somebody waits for an exclusive lock on it, which keeps newcomers out; it is read by the session that has a lock already";

  private final Server source;
  private final Server target;
  private final Options options;
  private final StepContext context;
  private final Cancellation all = new Cancellation();
  private final Set<String> contested = ConcurrentHashMap.newKeySet();

  /**
   * How it is done.
   *
   * @param pace how fast, and until when
   * @param snapshot that is copied, with the session that has the locks
   * @param run the run that the builds' rows in the ledger are of
   * @param beforeRetry what must hold before lost work is tried again, such as the run's lock
   * @param onRowsThere called once when the last unit is there, while builds may go on
   */
  public record Options(
      int jobs,
      Pace pace,
      ExportedSnapshot snapshot,
      Ledger.Run run,
      Runnable beforeRetry,
      Runnable onRowsThere) {}

  public CopyWorkers(Server source, Server target, Options options, StepContext context) {
    this.source = source.within(all);
    this.target = target.within(all);
    this.options = options;
    this.context = context;
  }

  /** What the workers of one copy share. */
  private record Work(
      UnitsLeft left,
      WorkQueue queue,
      Builds builds,
      BuildWorker.Common building,
      UnitTransfer.Shared shared) {}

  /**
   * Copies what is not copied yet, and builds.
   *
   * @param left the units that are to be copied
   * @param builds what is built of tables whose units are all copied
   * @param readBack who reads tables that are complete, where somebody does
   */
  public void copy(UnitsLeft left, Builds builds, Optional<ReadingBack> readBack)
      throws InterruptedException {
    CopyProgress progress =
        left.progress(builds.totalBytes() + (readBack.isPresent() ? left.bytes() : 0));
    readBack.ifPresent(
        reader -> {
          reader.onRead(progress::read);
          builds.onKeys(name -> left.number(name).ifPresent(n -> reader.ready(n, left.table(n))));
        });
    ExecutorService readers = Executors.newCachedThreadPool(CopyWorkers::reader);
    Chunks chunks = new Chunks(target);
    UnitTransfer.Shared shared = new UnitTransfer.Shared(readers, chunks, options.pace(), progress);
    BuildWorker.Common building =
        new BuildWorker.Common(
            options.run(), options.jobs(), options.beforeRetry(), all, context, progress);
    Work work = new Work(left, new WorkQueue(left.units()), builds, building, shared);
    StallWatch stall = new StallWatch(target, progress);
    left.finishedTables().forEach(builds::ready);
    try (Ticker ticker = Ticker.start("copy-progress", TELL, () -> tell(progress, stall))) {
      requireNonNull(ticker, "ticker is null");
      Workers.run(
          "copy",
          Math.min(options.jobs(), left.units().size() + builds.left()),
          all,
          () -> {
            work(work);
            return null;
          });
      if (readBack.isPresent()) {
        readBack.get().finish();
      }
    } finally {
      all.cancel();
      readBack.ifPresent(ReadingBack::close);
      readers.shutdownNow();
      chunks.close();
      stall.close();
    }
  }

  private void tell(CopyProgress progress, StallWatch stall) {
    CopyProgress.Now now = progress.now();
    String what =
        now.names().size() <= 2
            ? String.join(", ", now.names())
            : "%s, %s and %d more"
                .formatted(now.names().get(0), now.names().get(1), now.names().size() - 2);
    Optional<String> stalled =
        options.pace().held()
            ? Optional.of("paused, \"tsferry resume\" lets it go on")
            : stall.look(now);
    context.progress(
        stalled.map(why -> what + " (" + why + ")").orElse(what), now.done(), now.total(), "byte");
  }

  private void work(Work work) throws InterruptedException {
    try (SessionPair sessions = new SessionPair(source, target, options.snapshot().id());
        BuildWorker builder = new BuildWorker(work.builds(), target, work.building())) {
      do {
        context.checkCancelled();
        all.check();
        while (builder.one() || copyNext(work, sessions)) {
          context.checkCancelled();
          all.check();
        }
        // The source is not needed any more by this one.
        sessions.letGo();
      } while (work.builds().await(LOOK_AGAIN_MILLIS));
    }
  }

  private boolean copyNext(Work work, SessionPair sessions) throws InterruptedException {
    Optional<Unit> next = work.queue().next();
    if (next.isEmpty()) {
      return false;
    }
    options.pace().check();
    Unit unit = next.get();
    StreamTable table = work.left().table(unit);
    Copied copied = copy(unit, table, sessions, work.shared());
    work.shared().progress().finished(unit, copied.bytes());
    TableName name = table.name();
    switch (work.left().finished(unit)) {
      case TABLE -> work.builds().ready(name);
      case ALL -> {
        options.onRowsThere().run();
        work.builds().ready(name);
      }
      case UNIT -> {}
    }
    return true;
  }

  private Copied copy(
      Unit unit, StreamTable table, SessionPair sessions, UnitTransfer.Shared shared)
      throws InterruptedException {
    Retries retries = new Retries(context, options.beforeRetry(), all);
    while (true) {
      boolean lent = contested.contains(unit.heap());
      try {
        sessions.open();
        return lent
            ? options.snapshot().lend(own -> throughSnapshot(unit, table, own, sessions, shared))
            : new UnitTransfer(unit, table, sessions.source(), sessions.target(), shared).run();
      } catch (SQLException | RuntimeException e) {
        shared.progress().failed(unit);
        sessions.letGo();
        all.check();
        if (e instanceof SQLException refused && Ledger.isRecorded(refused)) {
          Optional<Copied> there = new UnitLedger(target).copied(unit.id());
          if (there.isPresent()) {
            return there.get();
          }
        } else if (!lent && isKeptOut(e)) {
          if (contested.add(unit.heap())) {
            context.info(IN_THE_WAY.formatted(unit.heap()));
          }
          continue;
        } else if (!Losses.isLoss(e)) {
          throw inWords(unit, e);
        }
        retries.waitAfter("copying " + unit, e);
      }
    }
  }

  private Copied throughSnapshot(
      Unit unit, StreamTable table, Session own, SessionPair sessions, UnitTransfer.Shared shared)
      throws SQLException, InterruptedException {
    all.check();
    try {
      StreamSettings.reading(own);
      return new UnitTransfer(unit, table, own, sessions.target(), shared).run();
    } catch (SQLException | InterruptedException | RuntimeException e) {
      own.abort();
      throw e;
    }
  }

  private static boolean isKeptOut(Exception e) {
    return e instanceof SourceException failure && LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
  }

  private MigrationException inWords(Unit unit, Exception e) {
    if (e instanceof MigrationException told) {
      return told;
    }
    if (e instanceof SourceException failure) {
      return ServerErrors.working(source.side(), "copying " + unit, failure.original());
    }
    if (e instanceof SQLException failure) {
      return ServerErrors.working(target.side(), "copying " + unit, failure);
    }
    throw (RuntimeException) e;
  }

  private static Thread reader(Runnable work) {
    Thread thread = new Thread(work, "copy-reader");
    thread.setDaemon(true);
    return thread;
  }
}
