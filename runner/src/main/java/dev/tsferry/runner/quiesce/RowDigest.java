package dev.tsferry.runner.quiesce;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;

/**
 * Whether a table holds the same rows on both sides, by number and by the sum of their hashes: for
 * a table that was rewritten, where no counter tells VACUUM FULL from an ALTER TABLE that changes
 * values.
 */
public final class RowDigest {
  private static final String DOING = "comparing the rows of ";
  private static final String SETTINGS =
      """
      select set_config('datestyle', 'ISO, YMD', false), set_config('intervalstyle', 'postgres', false),
             set_config('bytea_output', 'hex', false), set_config('extra_float_digits', '1', false),
             set_config('timezone', 'UTC', false), set_config('lc_monetary', 'C', false)
      """;
  private static final String DIGEST =
      """
      select count(*) || ' ' || coalesce(sum(pg_catalog.hashtextextended(t::text, 0)::numeric), 0)
        from %s t
      """;

  private RowDigest() {}

  /**
   * Whether they do; no, where a side can't say.
   *
   * @param table schema and name, quoted
   */
  public static boolean isEqual(Server source, Server target, String table) {
    try {
      return of(source, table).equals(of(target, table));
    } catch (MigrationException e) {
      return false;
    }
  }

  private static String of(Server server, String table) {
    try (Session session = server.connect("digest")) {
      session.execute(DOING + table, SETTINGS);
      return session.text(DOING + table, DIGEST.formatted(table));
    }
  }
}
