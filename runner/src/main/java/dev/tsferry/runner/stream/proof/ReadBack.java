package dev.tsferry.runner.stream.proof;

import dev.tsferry.plan.Stream;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.stream.copy.ReadingBack;
import dev.tsferry.runner.stream.copy.StreamSettings;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Reads tables of the target back while their indexes are built and others are copied: building
 * takes the target's processors, reading takes the network, so that one costs the other little.
 *
 * <p>Only what the target can't lose any more is read. Nothing depends on it: a table that was not
 * read, or was written to afterwards, is read by the verification.
 */
public final class ReadBack implements ReadingBack {
  private static final String PURPOSE = "verify";
  private static final int JOBS_A_READER = 2;
  // Small tables are read many at a time, since each time costs logins and a commit.
  private static final long WORTH_READING_BYTES = 8 << 20;
  private static final long GATHER_MILLIS = 1000;

  private final Server target;
  private final Stream options;
  private final int readers;
  private final ChunkTables chunks;
  private final EarlyDigests digests;
  private final Cancellation all = new Cancellation();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread reading = new Thread(task, "read-back");
            reading.setDaemon(true);
            return reading;
          });
  private LongConsumer onBytes = bytes -> {};
  private Map<Integer, StreamTable> ready = new LinkedHashMap<>();
  private long readyBytes;

  /**
   * @param jobs how many copy and build at the same time
   * @param chunks which tables are the source's chunks
   */
  public ReadBack(
      Server target, Stream options, int jobs, ChunkTables chunks, EarlyDigests digests) {
    this.target = target.within(all);
    this.options = options;
    this.readers = Math.max(1, jobs / JOBS_A_READER);
    this.chunks = chunks;
    this.digests = digests;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public synchronized void onRead(LongConsumer listener) {
    onBytes = listener;
  }

  @Override
  public synchronized void ready(int number, StreamTable table) {
    if (all.isCancelled()) {
      return;
    }
    boolean first = ready.isEmpty();
    ready.put(number, table);
    readyBytes += table.bytes();
    if (readyBytes >= WORTH_READING_BYTES) {
      thread.execute(this::readAll);
    } else if (first) {
      Future<?> unused = thread.schedule(this::readAll, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void finish() throws InterruptedException {
    thread.execute(this::readAll);
    thread.shutdown();
    thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    all.cancel();
    thread.shutdownNow();
  }

  private synchronized Map<Integer, StreamTable> take() {
    Map<Integer, StreamTable> taken = ready;
    ready = new LinkedHashMap<>();
    readyBytes = 0;
    return taken;
  }

  private void readAll() {
    Map<Integer, StreamTable> tables = take();
    if (tables.isEmpty() || all.isCancelled()) {
      return;
    }
    try {
      read(tables);
    } catch (RuntimeException e) {
      // The verification reads them, and says what is wrong.
      all.cancel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Map<Integer, StreamTable> tables) throws InterruptedException {
    new UnitLedger(target).makeDurable();
    // To lift a table's row security would keep those waiting who build its indexes.
    Map<Integer, StreamTable> onTarget = StreamProof.onTarget(target, tables, chunks);
    onTarget.values().removeIf(table -> table.heaps().stream().anyMatch(SourceHeap::hidden));
    Map<Long, HeapMark> marks;
    try (Session session = target.connect(PURPOSE)) {
      if (!countsAtOnce(session)) {
        return;
      }
      marks = HeapMark.read(session, onTarget.values());
    }
    Map<Integer, RowDigest> read =
        new UnitDigests(target, readers)
            .read(
                onTarget,
                StreamProof.units(options, readers, onTarget),
                unit -> (bytes, offset, length) -> {},
                (unit, done, total) -> onBytes.accept(unit.weight()));
    digests.keep(onTarget, read, marks);
  }

  private static boolean countsAtOnce(Session session) {
    boolean[] counts = new boolean[1];
    session.work(
        "looking at the server's version",
        connection -> counts[0] = StreamSettings.countsAtOnce(session));
    return counts[0];
  }
}
