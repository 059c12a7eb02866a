package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.stream.unit.Unit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Units in the order that leaves the shortest tail: always one of the table with the most left to
 * do, and of that table the next slice in the order of its pages.
 */
public final class WorkQueue {
  private final PriorityQueue<Rest> tables =
      new PriorityQueue<>(
          Comparator.comparingLong((Rest rest) -> rest.weight)
              .reversed()
              .thenComparingInt(rest -> rest.table));

  public WorkQueue(Collection<Unit> units) {
    Map<Integer, Rest> rests = new HashMap<>();
    for (Unit unit : units) {
      rests.computeIfAbsent(unit.table(), Rest::new).add(unit);
    }
    tables.addAll(rests.values());
  }

  /** What is left of a table. */
  private static final class Rest {
    private final int table;
    private final Deque<Unit> units = new ArrayDeque<>();
    private long weight;

    Rest(int table) {
      this.table = table;
    }

    void add(Unit unit) {
      units.add(unit);
      weight += unit.weight();
    }

    Unit take() {
      Unit unit = units.remove();
      weight -= unit.weight();
      return unit;
    }
  }

  /** The next unit, or empty when none is left. */
  public synchronized Optional<Unit> next() {
    Rest rest = tables.poll();
    if (rest == null) {
      return Optional.empty();
    }
    Unit unit = rest.take();
    if (!rest.units.isEmpty()) {
      tables.add(rest);
    }
    return Optional.of(unit);
  }
}
