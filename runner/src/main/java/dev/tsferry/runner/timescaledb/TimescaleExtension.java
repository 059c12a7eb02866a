package dev.tsferry.runner.timescaledb;

import static java.util.Objects.requireNonNull;

import dev.tsferry.runner.postgres.Session;
import java.util.List;
import java.util.Optional;

/**
 * The extension timescaledb of one database.
 *
 * @param version such as {@code 2.19.3}
 * @param schema where its public functions are
 * @param fullEdition whether the licence lets compression, continuous aggregates and jobs be used
 */
public record TimescaleExtension(String version, String schema, boolean fullEdition) {
  private static final String DOING = "looking for TimescaleDB";

  public TimescaleExtension {
    requireNonNull(version, "version is null");
    requireNonNull(schema, "schema is null");
  }

  /** The extension, where the database has it. */
  public static Optional<TimescaleExtension> of(Session session) {
    return session.first(
        DOING,
        """
        select e.extversion, n.nspname,
               coalesce(current_setting('timescaledb.license', true), '') = 'timescale'
          from pg_catalog.pg_extension e
          join pg_catalog.pg_namespace n on n.oid = e.extnamespace
         where e.extname = 'timescaledb'
        """,
        row -> new TimescaleExtension(row.getString(1), row.getString(2), row.getBoolean(3)));
  }

  /** Every version that can be created on this server. */
  public static List<String> available(Session session) {
    return session.list(
        DOING,
        "select version from pg_catalog.pg_available_extension_versions"
            + " where name = 'timescaledb' order by version",
        row -> row.getString(1));
  }

  /** Whether this version is at least {@code major.minor}. */
  public boolean atLeast(int major, int minor) {
    return compare(version, major + "." + minor) >= 0;
  }

  /** Less than, equal to or more than 0, as {@code left} is older than, as old as or newer. */
  public static int compare(String left, String right) {
    String[] a = left.split("[^0-9]+");
    String[] b = right.split("[^0-9]+");
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int difference = Integer.compare(number(a, i), number(b, i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int number(String[] parts, int i) {
    return i < parts.length && !parts[i].isEmpty() ? Integer.parseInt(parts[i]) : 0;
  }
}
