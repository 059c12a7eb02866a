package dev.tsferry.runner.step;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Looks every second, from a session of its own, at what a step's psql does on the target. It is
 * for people's eyes only: whatever goes wrong with it is no failure.
 */
final class TargetWatch implements AutoCloseable {
  private static final String DOING = "watching the target";
  private static final String SQL =
      """
      select left(regexp_replace(a.query, '\\s+', ' ', 'g'), 120),
             coalesce(p.bytes_processed, 0)
        from pg_catalog.pg_stat_activity a
        left join pg_catalog.pg_stat_progress_copy p on p.pid = a.pid
       where a.application_name = ? and a.datname = current_database()
       order by a.backend_start desc limit 1
      """;

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Server target;
  private final String step;
  private final Consumer<Now> consumer;
  private final AtomicLong statements = new AtomicLong();
  private final Ticker ticker;
  private Session session;

  /**
   * What psql does now.
   *
   * @param statements statements done
   * @param query the beginning of the statement in work
   * @param copiedBytes bytes of rows that it took so far, if it is a COPY
   */
  record Now(long statements, String query, long copiedBytes) {}

  TargetWatch(Server target, String step, Consumer<Now> consumer) {
    this.target = target;
    this.step = step;
    this.consumer = consumer;
    // pg_stat_progress_copy is there since 14.
    ticker = target.majorVersion() >= 14 ? Ticker.start("watch", PERIOD, this::look) : null;
  }

  /** Takes note of a statement that is done. */
  void statementDone() {
    statements.incrementAndGet();
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.close();
    }
    closeSession();
  }

  private void look() {
    try {
      if (session == null) {
        session = target.connect("watch");
      }
      session
          .first(
              DOING,
              SQL,
              row -> new Now(statements.get(), row.getString(1), row.getLong(2)),
              Server.applicationName(step))
          .ifPresent(consumer);
    } catch (MigrationException e) {
      closeSession();
    }
  }

  private void closeSession() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
