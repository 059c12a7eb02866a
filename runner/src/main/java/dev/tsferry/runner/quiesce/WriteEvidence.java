package dev.tsferry.runner.quiesce;

import dev.tsferry.plan.Counted;
import dev.tsferry.runner.quiesce.SourceWrite.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Draws from two readings of the statistics what was written between them. Evidence and no proof:
 * an insert that was rolled back counts, TRUNCATE does not, a crash sets all counters to zero.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW">pg_stat_all_tables</a>
 */
final class WriteEvidence {
  private WriteEvidence() {}

  /**
   * What was written between {@code before} and {@code now}.
   *
   * @param statsReset when the statistics were last reset, as of now
   */
  static List<SourceWrite> between(Baseline before, List<TableCounters> now, String statsReset) {
    List<SourceWrite> writes = new ArrayList<>();
    Map<Long, TableCounters> current = new HashMap<>();
    now.forEach(table -> current.put(table.relation(), table));
    if (!Objects.equals(before.statsReset(), statsReset)) {
      writes.add(
          new SourceWrite(
              Kind.UNKNOWN,
              "source",
              "its statistics were reset since the dump, by hand or by a crash, or are not kept (track_counts): the counters say nothing"));
    }
    for (TableCounters table : before.tables()) {
      TableCounters after = current.remove(table.relation());
      if (after == null) {
        writes.add(new SourceWrite(Kind.DROPPED, table.name(), "dropped since the dump"));
      } else {
        compare(table, after).ifPresent(writes::add);
      }
    }
    current.values().stream()
        .map(table -> new SourceWrite(Kind.CREATED, table.name(), "created since the dump"))
        .forEach(writes::add);
    return writes;
  }

  private static Optional<SourceWrite> compare(TableCounters before, TableCounters after) {
    String name = after.name();
    if (before.file() != after.file()) {
      return Optional.of(
          new SourceWrite(
              Kind.REWRITTEN,
              name,
              "truncated or rewritten since the dump, and its rows are not those of the target"));
    }
    long inserted = after.inserted() - before.inserted();
    long updated = after.updated() - before.updated();
    long deleted = after.deleted() - before.deleted();
    if (inserted < 0 || updated < 0 || deleted < 0) {
      return Optional.of(
          new SourceWrite(
              Kind.UNKNOWN, name, "its counters were reset since the dump and say nothing"));
    }
    if (inserted + updated + deleted == 0) {
      return Optional.empty();
    }
    boolean untouched = before.maintained() == after.maintained();
    boolean rolledBack =
        untouched
            && updated == 0
            && deleted == 0
            && after.live() == before.live()
            && after.dead() - before.dead() == inserted;
    return Optional.of(
        rolledBack
            ? new SourceWrite(
                Kind.ROLLED_BACK,
                name,
                "%s inserted since the dump and rolled back".formatted(Counted.of(inserted, "row")))
            : new SourceWrite(
                Kind.WRITTEN,
                name,
                "%s inserted, %,d updated and %,d deleted since the dump (rolled back ones count too)"
                    .formatted(Counted.of(inserted, "row"), updated, deleted)));
  }
}
