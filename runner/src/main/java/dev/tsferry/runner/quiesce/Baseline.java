package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The source's tables at the moment that the dump stands for.
 *
 * @param statsReset when the statistics were last reset, as text, or null; null too after a crash
 * @param proof how sure it is that nothing was written during the dump, in words
 */
record Baseline(Instant takenAt, String statsReset, String proof, List<TableCounters> tables) {
  Baseline {
    requireNonNull(takenAt, "takenAt is null");
    requireNonNull(proof, "proof is null");
    tables = List.copyOf(tables);
  }
}
