package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.Session;

/**
 * How late sessions tell what they did: a session counts for itself, and tells the server's
 * statistics at the end of a command, but not more often than once a second, and ten seconds after
 * its last one at the latest. (Before PostgreSQL 15 an idle one may keep its last half second for
 * itself.)
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-STATS-VIEWS">Viewing
 *     statistics</a>
 */
final class StatisticsLag {
  private static final String DOING = "waiting for the source's statistics";
  private static final double SECONDS_TO_TELL = 10.5;
  private static final double SECONDS_BETWEEN = 1.1;
  private static final String LOOK_AGAIN = "select pg_catalog.pg_sleep(0.2)";

  // Told is what was done before $1 by a session that has been idle for long, and by one that has
  // begun or ended a command more than a second later.
  private static final String UNTOLD =
      """
      select exists (
        select from pg_catalog.pg_stat_activity
         where datname = current_database() and backend_type = 'client backend'
           and application_name not like 'tsferry-%%' and backend_start < $1
           and coalesce(state_change between clock_timestamp() - interval '%1$s s'
                                         and $1 + interval '%2$s s', true))
      """;

  private final Session session;

  StatisticsLag(Session session) {
    this.session = session;
  }

  /**
   * Returns when what other sessions did before is counted: at once if none did anything lately,
   * after about a second where they are busy, and after ten where one of them has just gone idle.
   */
  void await() {
    String start = session.text(DOING, "select clock_timestamp()::text");
    String untold =
        UNTOLD
            .formatted(SECONDS_TO_TELL, SECONDS_BETWEEN)
            .replace("$1", "'%s'::timestamptz".formatted(start));
    String inTime =
        "select clock_timestamp() < '%s'::timestamptz + interval '%s s'"
            .formatted(start, SECONDS_TO_TELL);
    while (session.isTrue(DOING, untold) && session.isTrue(DOING, inTime)) {
      session.execute(DOING, LOOK_AGAIN);
    }
  }
}
