package dev.tsferry.runner.stream.build;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The target's tables, as far as it matters to who builds something on them. */
final class TargetTables {
  private static final String DOING = "listing the target's tables";
  private static final String HYPERTABLE =
      "exists (select from _timescaledb_catalog.hypertable h where h.schema_name = n.nspname and h.table_name = c.relname)";

  private final Map<TableName, Table> tables = new HashMap<>();

  /**
   * A table.
   *
   * @param bytes with its chunks, without indexes
   */
  record Table(boolean partitioned, boolean hypertable, long bytes) {}

  TargetTables(Session target) {
    boolean timescaledb =
        target.isTrue(
            DOING, "select pg_catalog.to_regclass('_timescaledb_catalog.hypertable') is not null");
    target.list(
        DOING,
        """
        select n.nspname, c.relname, c.relkind = 'p', %s,
               pg_catalog.pg_table_size(c.oid)
               + (select coalesce(sum(pg_catalog.pg_table_size(i.inhrelid)), 0)::bigint
                    from pg_catalog.pg_inherits i where i.inhparent = c.oid)
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|_timescaledb_(?!internal$))'
        """
            .formatted(timescaledb ? HYPERTABLE : "false"),
        row ->
            tables.put(
                new TableName(row.getString(1), row.getString(2)),
                new Table(row.getBoolean(3), row.getBoolean(4), row.getLong(5))));
  }

  Optional<Table> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }
}
