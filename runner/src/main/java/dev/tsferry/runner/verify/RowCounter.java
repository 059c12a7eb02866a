package dev.tsferry.runner.verify;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Counts the rows of tables exactly, some tables at a time, the biggest first. */
final class RowCounter {
  private static final int MIN_WORKERS = 2;
  private static final int MAX_WORKERS = 4;

  private final Consumer<TableName> onCounted;

  /**
   * @param onCounted told each table that was counted; by several threads
   */
  RowCounter(Consumer<TableName> onCounted) {
    this.onCounted = onCounted;
  }

  /**
   * What is to be counted on one side.
   *
   * @param estimated whether the server's estimate will do, where it has one
   */
  record Work(Server server, Collection<Relation> relations, boolean estimated) {}

  /** The rows of each side's tables, in the order of {@code sides}. */
  List<Map<TableName, Long>> count(List<Work> sides) throws InterruptedException {
    int workers =
        Math.max(MIN_WORKERS, Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors()));
    ExecutorService executor = Executors.newFixedThreadPool(workers * sides.size());
    try {
      List<Map<TableName, Long>> results = new ArrayList<>();
      List<Future<Void>> running = new ArrayList<>();
      for (Work side : sides) {
        Map<TableName, Long> counts = new ConcurrentHashMap<>();
        results.add(counts);
        Queue<Relation> queue = new ConcurrentLinkedQueue<>(biggestFirst(side.relations()));
        for (int i = 0; i < workers; i++) {
          running.add(executor.submit(worker(side, queue, counts)));
        }
      }
      for (Future<Void> worker : running) {
        join(worker);
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  private Callable<Void> worker(Work side, Queue<Relation> queue, Map<TableName, Long> counts) {
    return () -> {
      Relation relation = queue.poll();
      if (relation == null) {
        return null;
      }
      try (Session session = side.server().connect("verify")) {
        for (; relation != null; relation = queue.poll()) {
          counts.put(relation.name(), rows(session, relation, side.estimated()));
          onCounted.accept(relation.name());
        }
      } catch (RuntimeException e) {
        // The others need not finish a count that nobody will see.
        queue.clear();
        throw e;
      }
      return null;
    };
  }

  private static long rows(Session session, Relation relation, boolean estimated) {
    String doing = "counting the rows of " + relation.name();
    if (!relation.populated()) {
      return 0;
    }
    // A table that nobody analyzed yet is small, or counted in the end after all.
    String estimate =
        estimated ? session.text(doing, relation.estimateQuery(), relation.quoted()) : null;
    return estimate == null ? counted(session, relation, doing) : Long.parseLong(estimate);
  }

  // Row security that holds for the owner too is lifted for the length of the count, in a
  // transaction that is taken back. The source is left alone: its dump would have failed before.
  private static long counted(Session session, Relation relation, String doing) {
    if (!relation.hidden() || session.side() != Side.TARGET) {
      return session.number(doing, relation.countQuery());
    }
    return session.takenBack(doing, relation.revealing(), relation.countQuery());
  }

  private static List<Relation> biggestFirst(Collection<Relation> relations) {
    return relations.stream().sorted(Comparator.comparingLong(Relation::bytes).reversed()).toList();
  }

  private static void join(Future<Void> worker) throws InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MigrationException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
