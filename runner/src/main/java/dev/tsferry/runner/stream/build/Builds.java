package dev.tsferry.runner.stream.build;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.dump.TableStatement.Making;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What is to be built, in the order in which workers take it: only of tables whose rows are all
 * there, the largest first, and of each its keys one by one before its indexes all at once. A key
 * locks its table against everything; indexes share it.
 */
public final class Builds {
  private final Map<TableName, Rest> tables = new HashMap<>();
  private final Set<TableName> ready = new HashSet<>();
  private final PriorityQueue<Rest> offered =
      new PriorityQueue<>(
          Comparator.comparingLong((Rest rest) -> rest.bytes)
              .reversed()
              .thenComparing(rest -> rest.table.toString()));
  private Consumer<TableName> onKeys = table -> {};
  private int left;

  /**
   * @param statements keys and indexes, in the order of the dump
   * @param bytes the size of a table
   */
  public Builds(Collection<TableStatement> statements, ToLongFunction<TableName> bytes) {
    for (TableStatement statement : statements) {
      tables
          .computeIfAbsent(statement.table(), table -> new Rest(table, bytes.applyAsLong(table)))
          .add(statement);
      left++;
    }
  }

  /**
   * Has {@code listener} told of each table whose rows are there, and its keys: from then on
   * nothing that is built keeps others from reading it.
   */
  public synchronized void onKeys(Consumer<TableName> listener) {
    onKeys = listener;
  }

  /** Nothing to build. */
  public static Builds none() {
    return new Builds(Set.of(), table -> 0);
  }

  /** What is left of a table. */
  private static final class Rest {
    private final TableName table;
    private final long bytes;
    private final Deque<TableStatement> keys = new ArrayDeque<>();
    private final Deque<TableStatement> indexes = new ArrayDeque<>();
    private int running;
    private boolean keyRuns;

    Rest(TableName table, long bytes) {
      this.table = table;
      this.bytes = bytes;
    }

    void add(TableStatement statement) {
      boolean key = statement.making() == Making.KEY;
      // A primary key first, since it is what rows are found by.
      if (key && statement.statement().text().contains(" PRIMARY KEY ")) {
        keys.addFirst(statement);
      } else {
        (key ? keys : indexes).add(statement);
      }
    }

    boolean offers() {
      return keys.isEmpty() ? !keyRuns && !indexes.isEmpty() : running == 0;
    }

    TableStatement take() {
      running++;
      keyRuns = !keys.isEmpty();
      return keyRuns ? keys.remove() : indexes.remove();
    }
  }

  /** All rows of a table are there. */
  public synchronized void ready(TableName table) {
    Rest rest = tables.get(table);
    if (!ready.add(table)) {
      return;
    }
    if (rest == null || rest.keys.isEmpty()) {
      onKeys.accept(table);
    }
    if (rest != null) {
      offer(rest);
      notifyAll();
    }
  }

  /** Every table's rows are there. */
  public synchronized Builds allReady() {
    tables.keySet().forEach(this::ready);
    return this;
  }

  /** The next to build, or empty if there is none now; whoever takes it says when it is done. */
  public synchronized Optional<TableStatement> next() {
    Rest rest = offered.poll();
    if (rest == null) {
      return Optional.empty();
    }
    TableStatement statement = rest.take();
    offer(rest);
    return Optional.of(statement);
  }

  /** What was taken is built, or given up. */
  public synchronized void finished(TableStatement statement) {
    Rest rest = tables.get(statement.table());
    rest.running--;
    if (rest.keyRuns && rest.keys.isEmpty()) {
      onKeys.accept(rest.table);
    }
    rest.keyRuns = false;
    left--;
    if (!offered.contains(rest)) {
      offer(rest);
    }
    notifyAll();
  }

  /** How many are not built yet, those in work among them. */
  public synchronized int left() {
    return left;
  }

  /** The size of a statement's table. */
  public synchronized long bytes(TableStatement statement) {
    return tables.get(statement.table()).bytes;
  }

  /** The bytes of all tables, once for each build. */
  public synchronized long totalBytes() {
    return tables.values().stream()
        .mapToLong(rest -> rest.bytes * (rest.keys.size() + rest.indexes.size()))
        .sum();
  }

  /**
   * Waits a while for something to build.
   *
   * @return false if nothing will come any more
   */
  public synchronized boolean await(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (left > 0 && offered.isEmpty()) {
      long rest = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (rest <= 0) {
        break;
      }
      wait(rest);
    }
    return left > 0;
  }

  private void offer(Rest rest) {
    if (rest.offers()) {
      offered.add(rest);
    }
  }
}
