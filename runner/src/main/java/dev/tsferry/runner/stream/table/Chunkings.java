package dev.tsferry.runner.stream.table;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.table.Columns.Relation;
import dev.tsferry.runner.stream.table.StreamTable.Chunking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the target's hypertables cut time.
 *
 * @see <a
 *     href="https://github.com/timescale/timescaledb/blob/main/sql/pre_install/tables.sql">TimescaleDB's
 *     catalogue</a>
 */
final class Chunkings {
  private static final String DOING = "reading the target's hypertables";
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "timestamp with time zone",
          "timestamp without time zone",
          "date",
          "smallint",
          "integer",
          "bigint");

  private Chunkings() {}

  private record Dimension(
      String table, int hypertable, String column, String type, long interval) {}

  /** Each hypertable's first dimension, by its quoted name. */
  static Map<String, Chunking> of(Session target, Map<String, Relation> relations) {
    Map<String, Chunking> chunkings = new HashMap<>();
    if (!target.isTrue(
        DOING, "select pg_catalog.to_regclass('_timescaledb_catalog.dimension') is not null")) {
      return chunkings;
    }
    List<Dimension> dimensions =
        target.list(
            DOING,
            """
            select distinct on (h.id) format('%I.%I', h.schema_name, h.table_name), h.id,
                   d.column_name, coalesce(format_type(d.column_type, null), ''), coalesce(d.interval_length, 0)
              from _timescaledb_catalog.hypertable h
              left join _timescaledb_catalog.dimension d on d.hypertable_id = h.id
               and d.interval_length is not null and d.partitioning_func is null
             order by h.id, d.id
            """,
            row ->
                new Dimension(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5)));
    for (Dimension dimension : dimensions) {
      Relation relation = relations.get(dimension.table());
      if (relation != null) {
        List<String> names = relation.columns().stream().map(Columns.Column::name).toList();
        boolean understood = UNDERSTOOD.contains(dimension.type()) && dimension.interval() > 0;
        chunkings.put(
            dimension.table(),
            new Chunking(
                dimension.hypertable(),
                understood ? names.indexOf(dimension.column()) : -1,
                dimension.type(),
                dimension.interval()));
      }
    }
    return chunkings;
  }
}
