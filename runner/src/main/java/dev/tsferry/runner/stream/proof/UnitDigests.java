package dev.tsferry.runner.stream.proof;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.stream.copy.StreamSettings;
import dev.tsferry.runner.stream.copy.WorkQueue;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.digest.RowMessages;
import dev.tsferry.runner.stream.digest.RowReader;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads units of one side, several at a time, and digests them. */
final class UnitDigests {
  private final Server server;
  private final int jobs;
  private final Cancellation all = new Cancellation();

  UnitDigests(Server server, int jobs) {
    this.server = server.within(all);
    this.jobs = jobs;
  }

  /** Told what was read: the unit, and bytes of all units so far of how many. */
  @FunctionalInterface
  interface Progress {
    void read(Unit unit, long done, long total);
  }

  /**
   * Reads all units.
   *
   * @param tables by the units' table numbers
   * @param sinks what else gets a unit's rows
   * @return the digest of each table's units together
   */
  Map<Integer, RowDigest> read(
      Map<Integer, StreamTable> tables,
      Collection<Unit> units,
      Function<Unit, RowReader.RowSink> sinks,
      Progress progress)
      throws InterruptedException {
    Map<String, SourceHeap> hidden = hidden(tables.values());
    Map<Integer, RowDigest> digests = new ConcurrentHashMap<>();
    tables.keySet().forEach(number -> digests.put(number, RowDigest.NONE));
    WorkQueue queue = new WorkQueue(units);
    long total = units.stream().mapToLong(Unit::weight).sum();
    AtomicLong done = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < Math.min(jobs, units.size()); i++) {
        workers.add(
            threads.submit(
                () -> {
                  work(
                      queue,
                      tables,
                      hidden,
                      sinks,
                      (unit, digest) -> {
                        digests.merge(unit.table(), digest, RowDigest::plus);
                        progress.read(unit, done.addAndGet(unit.weight()), total);
                      });
                  return null;
                }));
      }
      for (Future<Void> worker : workers) {
        join(worker);
      }
      return digests;
    } finally {
      all.cancel();
      threads.shutdownNow();
    }
  }

  private interface OnRead {
    void read(Unit unit, RowDigest digest);
  }

  private void work(
      WorkQueue queue,
      Map<Integer, StreamTable> tables,
      Map<String, SourceHeap> hidden,
      Function<Unit, RowReader.RowSink> sinks,
      OnRead onRead)
      throws InterruptedException {
    try (Session session = server.connect("verify")) {
      if (tables.values().stream().anyMatch(StreamTable::isQueried)) {
        StreamSettings.readingCompressed(session);
      } else {
        StreamSettings.reading(session);
      }
      for (Optional<Unit> next = queue.next(); next.isPresent(); next = queue.next()) {
        Unit unit = next.get();
        all.check();
        StreamTable table = tables.get(unit.table());
        try {
          SourceHeap reveal = hidden.get(unit.heap());
          if (reveal != null) {
            session.executeRaw("begin; " + reveal.revealing());
          }
          RowDigest digest =
              RowReader.read(
                  RowMessages.of(session.copyOut(unit.copyOut(table)), session.driver()),
                  table,
                  sinks.apply(unit));
          if (reveal != null) {
            session.executeRaw("rollback");
          }
          onRead.read(unit, digest);
        } catch (SQLException e) {
          all.check();
          throw ServerErrors.working(server.side(), "digesting " + unit, e);
        }
      }
    }
  }

  private static Map<String, SourceHeap> hidden(Collection<StreamTable> tables) {
    return tables.stream()
        .flatMap(table -> table.heaps().stream())
        .filter(SourceHeap::hidden)
        .collect(Collectors.toMap(SourceHeap::quoted, Function.identity(), (one, same) -> one));
  }

  private void join(Future<Void> worker) throws InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      all.cancel();
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
