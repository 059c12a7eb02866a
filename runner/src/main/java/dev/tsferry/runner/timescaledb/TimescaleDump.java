package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.io.InputStream;
import java.util.List;

/** What is special about the rows of a source that has TimescaleDB. */
public final class TimescaleDump {
  private static final String DOING = "dumping the source's TimescaleDB";

  private static final String TABLESPACES = "_timescaledb_catalog.tablespace";

  private TimescaleDump() {}

  /**
   * A table of TimescaleDB's own catalogue with rows that are the user's.
   *
   * @param quoted as it stands in SQL
   * @param condition which rows, such as {@code WHERE id >= 1}, or empty
   * @param replaces whether a trigger has a row take the place of the one with its key
   */
  public record CatalogueTable(
      TableName table, String quoted, String condition, boolean replaces) {}

  /** Those of one side's catalogue whose rows go over as they are; not jobs, which are changed. */
  public static List<CatalogueTable> catalogue(Session session) {
    String jobs = JobTable.of(session).pattern();
    return session
        .list(
            DOING,
            """
            select n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), coalesce(x.condition, ''),
                   exists (select from pg_catalog.pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)
              from pg_catalog.pg_extension e, unnest(e.extconfig, e.extcondition) x (relation, condition)
              join pg_catalog.pg_class c on c.oid = x.relation
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where e.extname = 'timescaledb' and c.relkind = 'r'
             order by 1, 2
            """,
            row ->
                new CatalogueTable(
                    new TableName(row.getString(1), row.getString(2)),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5)))
        .stream()
        .filter(table -> !table.quoted().equals(jobs) && !table.quoted().equals(TABLESPACES))
        .toList();
  }

  /** pg_dump's patterns of tables whose rows it is to leave out. */
  public static List<String> excludedData(Server source, Guide guide) {
    try (Session session = source.connect("dump")) {
      if (TimescaleExtension.of(session).isEmpty()) {
        return List.of();
      }
      // Its own catalogue says nothing where it isn't used, and the target's has its own.
      // No service has tablespaces, so what lies in which stays behind.
      return guide == Guide.POSTGRESQL
          ? List.of("_timescaledb_*.*")
          : List.of(JobTable.of(session).pattern(), TABLESPACES);
    }
  }

  /** The jobs as {@link JobCopy} writes them, as of {@code snapshot}. */
  public static InputStream jobs(Server source, Server target, JobPause pause, String snapshot) {
    List<Integer> scheduled;
    try (Session session = target.connect("dump")) {
      // Without the full edition nothing runs them, and nothing could schedule them later.
      scheduled =
          TimescaleExtension.of(session).orElseThrow().fullEdition()
              ? List.of()
              : pause.noted().stream()
                  .filter(JobPause.Job::scheduled)
                  .map(JobPause.Job::id)
                  .toList();
    }
    try (Session session = source.connect("dump")) {
      String quoted = session.text(DOING, "select quote_literal(?::text)", snapshot);
      session.execute(DOING, "begin isolation level repeatable read read only");
      session.execute(DOING, "set transaction snapshot " + quoted);
      return JobCopy.of(session, target.address().user(), scheduled);
    }
  }
}
