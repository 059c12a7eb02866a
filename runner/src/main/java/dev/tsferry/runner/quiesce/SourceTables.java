package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.List;

/** The source's tables that are carried, with what the statistics say of them. */
final class SourceTables {
  private static final String DOING = "reading the source's statistics";

  /** Where large objects are: no table of a user's, and nobody can lock it. */
  static final String LARGE_OBJECTS = "pg_catalog.pg_largeobject";

  private final Session session;

  SourceTables(Session session) {
    this.session = session;
  }

  /**
   * A table to lock.
   *
   * @param name schema and name, quoted
   * @param allowed whether the user may lock it against writes
   */
  record Lockable(String name, boolean allowed) {}

  /** Every table, partitioned ones too. */
  List<Lockable> lockable() {
    return session.list(
        DOING,
        """
        select format('%%I.%%I', n.nspname, c.relname),
               pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                 and pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and c.relpersistence <> 't' and %s and %s and not %s
         order by 1
        """
            .formatted(
                UserObjects.SCHEMA,
                UserObjects.notOfExtension("pg_class", "c.oid"),
                UserObjects.chunk(session)),
        row -> new Lockable(row.getString(1), row.getBoolean(2)));
  }

  /**
   * Every table with rows of its own, and that of large objects; chunks of hypertables too, which
   * are locked with them.
   */
  List<TableCounters> counters() {
    session.execute(DOING, "select pg_catalog.pg_stat_clear_snapshot()");
    return session.list(
        DOING,
        """
        select c.oid, format('%%I.%%I', n.nspname, c.relname),
               coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
               coalesce(s.n_tup_ins, 0), coalesce(s.n_tup_upd, 0), coalesce(s.n_tup_del, 0),
               coalesce(s.n_live_tup, 0), coalesce(s.n_dead_tup, 0),
               coalesce(s.vacuum_count + s.autovacuum_count + s.analyze_count + s.autoanalyze_count, 0)
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          left join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
         where (c.relkind = 'r' and c.relpersistence <> 't'
                and (%s or n.nspname = '_timescaledb_internal') and %s)
            or c.oid = '%s'::regclass
         order by 2
        """
            .formatted(
                UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid"), LARGE_OBJECTS),
        row ->
            new TableCounters(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                false,
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9)));
  }

  /**
   * When the statistics were last reset, or right now where none are kept. A crash sets a
   * database's counters to zero and does not say so there since PostgreSQL 15, but with those of
   * the whole server.
   */
  String statsReset() {
    return session.text(
        DOING,
        """
        select concat_ws(', ', (select stats_reset from pg_catalog.pg_stat_database
                                 where datname = current_database()),
                         (select stats_reset from pg_catalog.pg_stat_bgwriter),
                         case current_setting('track_counts') when 'off' then clock_timestamp() end)
        """);
  }

  /** Tables and their parts that one statement for each would lock. */
  long lockCount() {
    return session.number(
        DOING,
        "select count(*) from pg_catalog.pg_class where relkind in ('r', 'p') and oid >= 16384");
  }

  /** How many objects all sessions together can lock for certain. */
  long lockRoom() {
    return session.number(
        DOING,
        """
        select current_setting('max_locks_per_transaction')::bigint
               * (current_setting('max_connections')::bigint
                  + current_setting('max_prepared_transactions')::bigint)
        """);
  }

  /**
   * A number that is another one as soon as any transaction of the server wrote, or null while one
   * is under way that did.
   */
  String writtenSoFar() {
    return session.text(
        DOING,
        """
        select case when pg_catalog.txid_snapshot_xmin(s) = pg_catalog.txid_snapshot_xmax(s)
                    then pg_catalog.txid_snapshot_xmax(s)::text end
          from pg_catalog.txid_current_snapshot() s
        """);
  }

  boolean hasLargeObjects() {
    return session.isTrue(DOING, "select exists (select from pg_catalog.pg_largeobject_metadata)");
  }
}
