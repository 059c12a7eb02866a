package dev.tsferry.runner.preflight;

import dev.tsferry.runner.state.Ledger;

/** Which objects of a database are its user's own: neither the system's nor an extension's. */
public final class UserObjects {
  /** Condition on the schema name {@code n.nspname}. */
  public static final String SCHEMA =
      "n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)'"
          + " and n.nspname not in ('information_schema', 'toolkit_experimental', '"
          + Ledger.SCHEMA
          + "')";

  private UserObjects() {}

  /** Condition that an object is not an extension's. */
  public static String notOfExtension(String catalog, String oid) {
    return "not exists (select from pg_catalog.pg_depend x where x.deptype = 'e'"
        + " and x.classid = 'pg_catalog.%s'::regclass and x.objid = %s)".formatted(catalog, oid);
  }
}
