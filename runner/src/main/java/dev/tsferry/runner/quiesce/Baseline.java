package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The source at the moment that the dump stands for.
 *
 * @param statsReset when the statistics were last reset, as text, or null; null too after a crash
 * @param proof how sure it is that nothing was written during the dump, in words
 * @param writtenSoFar {@link SourceTables#writtenSoFar}, or null
 * @param facts {@link SourceFacts}
 */
record Baseline(
    Instant takenAt,
    String statsReset,
    String proof,
    String writtenSoFar,
    SortedMap<String, String> facts,
    List<TableCounters> tables) {
  Baseline {
    requireNonNull(takenAt, "takenAt is null");
    requireNonNull(proof, "proof is null");
    facts = new TreeMap<>(facts);
    tables = List.copyOf(tables);
  }
}
