package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.List;

/** The source's tables that are carried, with what the statistics say of them. */
final class SourceTables {
  private static final String DOING = "reading the source's statistics";
  // A session tells its counters 10 s after its last transaction at the latest.
  private static final double SECONDS_TO_TELL = 10.5;

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
         where c.relkind in ('r', 'p') and c.relpersistence <> 't' and %s and %s
         order by 1
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid")),
        row -> new Lockable(row.getString(1), row.getBoolean(2)));
  }

  /** Every table with rows of its own; chunks of hypertables too, which are locked with them. */
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
         where c.relkind = 'r' and c.relpersistence <> 't'
           and (%s or n.nspname = '_timescaledb_internal') and %s
         order by 2
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid")),
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

  /** When the statistics were last reset, or null. */
  String statsReset() {
    return session.text(
        DOING,
        "select stats_reset::text from pg_catalog.pg_stat_database where datname = current_database()");
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
   * Returns when what other sessions did before is counted; at once if none did anything lately.
   */
  void awaitCounters() {
    double seconds =
        session
            .first(
                DOING,
                """
                select coalesce(max(%1$s - coalesce(extract(epoch from clock_timestamp() - state_change), 0)), 0)
                  from pg_catalog.pg_stat_activity
                 where datname = current_database() and backend_type = 'client backend'
                   and application_name not like 'tsferry-%%'
                """
                    .formatted(SECONDS_TO_TELL),
                row -> row.getDouble(1))
            .orElse(0.0);
    if (seconds > 0) {
      session.execute(DOING, "select pg_catalog.pg_sleep(%s)".formatted(seconds));
    }
  }
}
