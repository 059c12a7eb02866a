package dev.tsferry.runner.timescaledb;

import dev.tsferry.runner.postgres.Session;

/**
 * Where TimescaleDB keeps its background jobs: 2.25 moved the table to another schema and left a
 * view in its place.
 *
 * @param schema the schema of the table itself
 */
public record JobTable(String schema) {
  /** Jobs below this one are TimescaleDB's own. */
  public static final int FIRST_USER_JOB = 1000;

  private static final String NAME = "bgw_job";

  /** The table of this database, which has the extension. */
  public static JobTable of(Session session) {
    String schema =
        session.text(
            "looking for TimescaleDB's jobs",
            """
            select n.nspname from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relname = 'bgw_job' and c.relkind = 'r'
               and n.nspname in ('_timescaledb_catalog', '_timescaledb_config')
             order by n.nspname limit 1
            """);
    return new JobTable(schema == null ? "_timescaledb_config" : schema);
  }

  /** The name for SQL. */
  public String quoted() {
    return "\"%s\".\"%s\"".formatted(schema, NAME);
  }

  /** The pattern by which pg_dump leaves its rows out. */
  public String pattern() {
    return schema + "." + NAME;
  }
}
