package dev.tsferry.runner.quiesce;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Other people's sessions in the source's database: who writes, who waits, and ending them. */
final class SourceSessions {
  private static final String DOING = "looking at the source's sessions";
  private static final String OTHERS =
      """
      select a.pid, format('%s of user %s from %s (process %s)',
               coalesce(nullif(a.application_name, ''), 'a session without a name'), a.usename,
               coalesce(a.client_addr::text, 'the server itself'), a.pid)
        from pg_catalog.pg_stat_activity a
       where a.datname = current_database() and a.backend_type = 'client backend'
         and a.pid <> pg_catalog.pg_backend_pid() and a.application_name not like 'tsferry-%'
      """;

  private final Session session;

  SourceSessions(Session session) {
    this.session = session;
  }

  /** A session, and who it is in words. */
  record Other(int pid, String who) {}

  /** Sessions that hold a lock to write with, or a transaction that wrote. */
  List<Other> writing() {
    return others(
        """
         and (a.backend_xid is not null
              or exists (select from pg_catalog.pg_locks l
                          where l.pid = a.pid and l.granted and l.relation >= 16384
                            and l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock',
                                           'ExclusiveLock', 'AccessExclusiveLock')))
        """);
  }

  /** Every session. */
  List<Other> all() {
    return others("");
  }

  /** Sessions that did something since {@code seconds} ago. */
  List<Other> activeSince(double seconds) {
    return others(" and a.state_change > clock_timestamp() - interval '1 second' * " + seconds);
  }

  /** Sessions that wait for process {@code pid}. */
  List<Other> waitingFor(long pid) {
    return others(
        " and a.wait_event_type = 'Lock' and %d = any (pg_catalog.pg_blocking_pids(a.pid))"
            .formatted(pid));
  }

  /** Sessions that hold a lock on a table that keeps it from being locked against writes. */
  List<Other> inTheWay(String table, long pid) {
    List<Other> sessions =
        new ArrayList<>(
            session.list(
                DOING,
                OTHERS
                    + """
                       and a.pid <> ?
                       and exists (select from pg_catalog.pg_locks l
                                    where l.pid = a.pid and l.granted and l.relation = to_regclass(?)
                                      and l.mode in ('RowExclusiveLock', 'ShareUpdateExclusiveLock',
                                                     'ShareRowExclusiveLock', 'ExclusiveLock',
                                                     'AccessExclusiveLock'))
                       order by 1
                      """,
                row -> new Other(row.getInt(1), row.getString(2)),
                (int) pid,
                table));
    // A prepared transaction holds its locks without a process.
    sessions.addAll(
        session.list(
            DOING,
            """
            select format('prepared transaction %L of user %s', x.gid, x.owner)
              from pg_catalog.pg_prepared_xacts x
              join pg_catalog.pg_locks l on l.virtualtransaction = '-1/' || x.transaction::text
             where l.relation = to_regclass(?)
            """,
            row -> new Other(0, row.getString(1)),
            table));
    return sessions;
  }

  /** Ends {@code sessions}, and tells who was ended and who could not be. */
  void end(List<Other> sessions, Consumer<String> tell) {
    for (Other other : sessions) {
      if (other.pid() == 0) {
        continue;
      }
      try {
        boolean ended =
            session.isTrue(
                "ending " + other.who(), "select pg_catalog.pg_terminate_backend(?)", other.pid());
        tell.accept((ended ? "ended " : "gone already: ") + other.who());
      } catch (MigrationException e) {
        tell.accept(
            "could not end %s, which may still write: %s".formatted(other.who(), e.getMessage()));
      }
    }
  }

  private List<Other> others(String condition) {
    return session.list(
        DOING,
        OTHERS + condition + " order by 1",
        row -> new Other(row.getInt(1), row.getString(2)));
  }
}
