package dev.tsferry.runner.stream.proof;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What tables of the target came to when they were read before the verification, while the target
 * was busy with indexes. Each counts as long as nothing was written to the table since, which the
 * server's counters tell where nobody else was busy with the database lately.
 */
public final class EarlyDigests {
  // A session tells what it wrote ten seconds after it went idle at the latest, and when it ends.
  private static final String UNTOLD =
      """
      select not current_setting('track_counts')::boolean or exists (
        select from pg_catalog.pg_stat_activity
         where datname = current_database() and backend_type = 'client backend'
           and application_name not like 'tsferry-%'
           and coalesce(state_change > clock_timestamp() - interval '10.5 s', true))
      """;

  private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();

  private record Reading(RowDigest digest, Map<Long, HeapMark> marks) {}

  /** Keeps the digests of tables whose heaps had these marks before they were read. */
  void keep(
      Map<Integer, StreamTable> tables,
      Map<Integer, RowDigest> digests,
      Map<Long, HeapMark> marks) {
    tables.forEach(
        (number, table) ->
            readings.put(number, new Reading(digests.get(number), of(table, marks))));
  }

  /** The digests of those of {@code tables} that are as they were when they were read. */
  Map<Integer, RowDigest> stillTrue(Session target, Map<Integer, StreamTable> tables) {
    if (readings.isEmpty() || target.isTrue("looking who else uses the target", UNTOLD)) {
      return Map.of();
    }
    Map<Long, HeapMark> now = HeapMark.read(target, tables.values());
    Map<Integer, RowDigest> digests = new HashMap<>();
    tables.forEach(
        (number, table) -> {
          Reading reading = readings.get(number);
          Map<Long, HeapMark> marks = of(table, now);
          boolean all = marks.size() == table.heaps().size();
          if (reading != null && all && reading.marks().equals(marks)) {
            digests.put(number, reading.digest());
          }
        });
    return digests;
  }

  private static Map<Long, HeapMark> of(StreamTable table, Map<Long, HeapMark> marks) {
    Set<Long> heaps =
        table.heaps().stream().map(heap -> heap.oid()).collect(Collectors.toUnmodifiableSet());
    return marks.entrySet().stream()
        .filter(mark -> heaps.contains(mark.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
