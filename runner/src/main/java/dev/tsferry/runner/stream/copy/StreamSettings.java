package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.postgres.Session;
import java.sql.SQLException;
import java.util.List;

/** What sessions that read and write rows set, so that a value has the same bytes on both sides. */
public final class StreamSettings {
  private static final String DOING = "preparing a session for rows";
  private static final List<String> VALUES =
      List.of(
          "set datestyle = 'ISO, YMD'",
          "set intervalstyle = 'postgres'",
          "set timezone = 'UTC'",
          "set extra_float_digits = 3",
          "set bytea_output = 'hex'",
          "set lc_monetary = 'C'",
          "set xmlbinary = 'base64'",
          "set xmloption = 'content'",
          "set quote_all_identifiers = off",
          "set array_nulls = on");
  // A chunk that TimescaleDB compressed has rows of its own and others in another table; a query
  // would see both.
  private static final String DECOMPRESSION =
      "select pg_catalog.set_config(name, '%s', false)"
          + " from (values ('timescaledb.enable_transparent_decompression')) setting (name)"
          + " where current_setting(name, true) is not null";
  private static final List<String> READING =
      List.of(
          "set synchronize_seqscans = off",
          "set max_parallel_workers_per_gather = 0",
          DECOMPRESSION.formatted("off"));

  // Earlier servers pass their counters on when they think it is time.
  private static final int COUNTS_AT_ONCE = 150_000;
  private static final String COUNT = "; select pg_catalog.pg_stat_force_next_flush()";

  private StreamSettings() {}

  /** A session of either side that reads rows. */
  public static void reading(Session session) {
    execute(session, VALUES);
    execute(session, READING);
  }

  /** A session that reads rows, those too that TimescaleDB compressed. */
  public static void readingCompressed(Session session) {
    reading(session);
    session.execute(DOING, DECOMPRESSION.formatted("on"));
  }

  /**
   * A session of the target that writes rows. Its commits are not waited for: the rows of a unit
   * and the unit's row in the ledger are lost together, and at the end the ledger is asked.
   */
  static void writing(Session session) {
    execute(session, VALUES);
    session.execute(DOING, "set synchronous_commit = off");
  }

  /**
   * The end of a transaction that wrote rows: whoever gets its answer finds them counted in the
   * server's statistics, where the server can do that.
   *
   * @see <a
   *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-STATS-FUNCTIONS">pg_stat_force_next_flush</a>
   */
  static String commit(Session session) throws SQLException {
    return countsAtOnce(session) ? "commit" + COUNT : "commit";
  }

  /** Whether the server's statistics have what was committed before. */
  public static boolean countsAtOnce(Session session) throws SQLException {
    return session.driver().haveMinimumServerVersion(COUNTS_AT_ONCE);
  }

  /** A session of the source sees what the snapshot sees. */
  public static void inSnapshot(Session session, String snapshot) {
    reading(session);
    String quoted = session.text(DOING, "select quote_literal(?::text)", snapshot);
    session.execute(DOING, "begin isolation level repeatable read read only");
    session.execute(DOING, "set transaction snapshot " + quoted);
    // Behind somebody who waits for the snapshot's own locks it would wait for ever.
    session.execute(DOING, "set lock_timeout = '60s'");
  }

  private static void execute(Session session, List<String> statements) {
    session.execute(DOING, String.join("; ", statements));
  }
}
