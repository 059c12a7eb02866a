package dev.tsferry.runner.state;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The lock in the target that only one run at a time has; held by a session of its own, and so gone
 * with the process that holds it.
 */
public final class RunLock implements AutoCloseable {
  // "tsferry" in ASCII.
  private static final long KEY = 0x74736665727279L;
  private static final String DOING = "taking the run's lock in the target";

  private static final Duration ORPHANS_END_WITHIN = Duration.ofSeconds(60);
  private static final String LOADS =
      "application_name in ('tsferry-pre-data', 'tsferry-data', 'tsferry-post-data', 'tsferry-hypertable-keys')";
  private static final String END =
      """
      select count(pg_catalog.pg_terminate_backend(pid)) from pg_catalog.pg_stat_activity
       where datname = current_database() and usename = current_user
         and pid <> pg_catalog.pg_backend_pid() and
      """;
  private static final String END_ORPHANS =
      END + " xact_start is not null and application_name like 'tsferry-%' and not " + LOADS;
  private static final String END_LOADS = END + LOADS;

  private final Server target;
  private Session session;

  public RunLock(Server target) {
    this.target = target;
  }

  /**
   * Takes the lock, or makes sure that it is still held.
   *
   * @throws MigrationException {@code RUN_ACTIVE} if another run has it
   */
  public synchronized void hold() {
    if (session != null && isAlive()) {
      return;
    }
    close();
    session = target.connect("lock");
    if (!session.isTrue(DOING, "select pg_catalog.pg_try_advisory_lock(?)", KEY)) {
      String holder = holder().orElse("a session that can't be seen");
      close();
      throw new MigrationException(
          ErrorCode.RUN_ACTIVE,
          "%s: another run is active, held by %s".formatted(DOING, holder),
          "wait for it to end, or end it");
    }
    endOrphans();
  }

  /**
   * Ends what a dead attempt's own sessions still do, such as a statement that the server works on
   * without its client, and waits until it is gone: what the target holds after that stays so. A
   * load by psql is left alone; its row in the ledger decides.
   */
  private void endOrphans() {
    end(END_ORPHANS);
  }

  /** Ends what psql still loads for a dead attempt, too, and waits until it is gone. */
  public synchronized void endLoads() {
    end(END_LOADS);
  }

  private void end(String sql) {
    Instant deadline = Instant.now().plus(ORPHANS_END_WITHIN);
    while (session.number(DOING, sql) > 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new MigrationException(
            ErrorCode.RUN_ACTIVE,
            DOING + ": a session of an attempt before doesn't end",
            "end the target's sessions whose application name begins with tsferry-");
      }
      session.execute(DOING, "select pg_catalog.pg_sleep(0.1)");
    }
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private boolean isAlive() {
    try {
      return session.isTrue(DOING, "select true");
    } catch (MigrationException e) {
      return false;
    }
  }

  private Optional<String> holder() {
    return session.first(
        DOING,
        """
        select format('process %s of the target (%s, connected from %s since %s)', a.pid,
                      a.application_name, a.client_addr, a.backend_start)
          from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a using (pid)
         where l.locktype = 'advisory' and l.granted
           and l.database = (select oid from pg_catalog.pg_database
                              where datname = current_database())
           and (l.classid::bigint << 32) | l.objid::bigint = ?
        """,
        row -> row.getString(1),
        KEY);
  }
}
