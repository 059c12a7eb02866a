package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;

/** Which objects of a database are its user's own: neither the system's nor an extension's. */
public final class UserObjects {
  /** Condition on the schema name {@code n.nspname}. */
  public static final String SCHEMA =
      "n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)'"
          + " and n.nspname not in ('information_schema', 'toolkit_experimental', '"
          + Ledger.SCHEMA
          + "')";

  // A hypertable's associated_schema_name may be any schema, the hypertable's own too.
  private static final String CHUNK =
      "exists (select from _timescaledb_catalog.chunk k"
          + " join pg_catalog.pg_namespace kn on kn.nspname = k.schema_name"
          + " where kn.oid = c.relnamespace and k.table_name = c.relname)";

  private UserObjects() {}

  /**
   * Condition that the relation {@code c} is a chunk of a hypertable, whose owner, privileges and
   * rows are the hypertable's.
   */
  public static String chunk(Session session) {
    boolean some =
        session.isTrue(
            "looking for TimescaleDB's catalogue",
            "select pg_catalog.to_regclass('_timescaledb_catalog.chunk') is not null");
    return some ? CHUNK : "false";
  }

  /** Condition that an object is not an extension's. */
  public static String notOfExtension(String catalog, String oid) {
    return "not exists (select from pg_catalog.pg_depend x where x.deptype = 'e'"
        + " and x.classid = 'pg_catalog.%s'::regclass and x.objid = %s)".formatted(catalog, oid);
  }
}
