package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.stream.unit.Unit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Units in the order that leaves the shortest tail: the largest table first, with all workers, in
 * the order of its pages, so that its indexes can be built while the others are copied.
 */
public final class WorkQueue {
  private final Deque<Unit> units = new ArrayDeque<>();

  public WorkQueue(Collection<Unit> units) {
    Map<Integer, List<Unit>> tables =
        units.stream()
            .collect(Collectors.groupingBy(Unit::table, TreeMap::new, Collectors.toList()));
    tables.values().stream()
        .sorted(Comparator.comparingLong(WorkQueue::weight).reversed())
        .forEach(this.units::addAll);
  }

  private static long weight(List<Unit> units) {
    return units.stream().mapToLong(Unit::weight).sum();
  }

  /** The next unit, or empty when none is left. */
  public synchronized Optional<Unit> next() {
    return Optional.ofNullable(units.poll());
  }
}
