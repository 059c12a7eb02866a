package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.ConstraintName;
import dev.tsferry.runner.postgres.Session;
import java.util.List;

/**
 * Foreign keys that point to a hypertable. In restore mode TimescaleDB doesn't look into the chunks
 * when one is made, and finds no row; so they are made when it has ended.
 */
public final class HypertableKeys {
  private HypertableKeys() {}

  /**
   * Every such key of the source; those that TimescaleDB made for the chunks come by themselves.
   */
  public static List<ConstraintName> of(Session source) {
    return source.list(
        "looking for foreign keys to hypertables",
        """
        select n.nspname, c.relname, k.conname
          from pg_catalog.pg_constraint k
          join pg_catalog.pg_class c on c.oid = k.conrelid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_class r on r.oid = k.confrelid
          join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
          join _timescaledb_catalog.hypertable h
            on h.schema_name = rn.nspname and h.table_name = r.relname
         where k.contype = 'f' and k.conparentid = 0
         order by 1, 2, 3
        """,
        row ->
            new ConstraintName(
                new TableName(row.getString(1), row.getString(2)), row.getString(3)));
  }
}
