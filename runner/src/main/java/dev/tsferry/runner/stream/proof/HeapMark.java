package dev.tsferry.runner.stream.proof;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What tells that a heap of the target still holds the rows that were read from it: its file, and
 * how many rows the server has counted as written to it. A crash of the server sets these to zero,
 * which tells as well.
 *
 * @param file the number of its file
 * @see <a
 *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW">pg_stat_all_tables</a>
 */
record HeapMark(long file, long inserted, long updated, long deleted) {
  /** The marks of all heaps, by their object ids. */
  static Map<Long, HeapMark> read(Session target, Collection<StreamTable> tables) {
    Long[] heaps =
        tables.stream()
            .flatMap(table -> table.heaps().stream())
            .map(SourceHeap::oid)
            .toArray(Long[]::new);
    Map<Long, HeapMark> marks = new HashMap<>();
    target.list(
        "looking what was written to the target's tables",
        """
        select c.oid, c.relfilenode, pg_catalog.pg_stat_get_tuples_inserted(c.oid),
               pg_catalog.pg_stat_get_tuples_updated(c.oid), pg_catalog.pg_stat_get_tuples_deleted(c.oid)
          from unnest(?::bigint[]) wanted(oid) join pg_catalog.pg_class c on c.oid = wanted.oid
        """,
        row ->
            marks.put(
                row.getLong(1),
                new HeapMark(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))),
        (Object) heaps);
    return marks;
  }
}
