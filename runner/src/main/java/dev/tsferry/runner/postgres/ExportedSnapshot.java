package dev.tsferry.runner.postgres;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.process.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One moment of the source, for everything that is dumped: a transaction that is held open, and
 * kept from looking idle, until the last pg_dump has ended.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">Snapshot
 *     synchronization</a>
 */
public final class ExportedSnapshot implements AutoCloseable {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final String DOING = "holding the source's snapshot";

  private final Session session;
  private final String id;
  private final Instant takenAt;
  private final Ticker keepAlive;
  private volatile MigrationException lost;

  /**
   * Exports a snapshot.
   *
   * @param before what the transaction does before it sees anything, such as locking; must not
   *     query
   */
  public ExportedSnapshot(Server source, Consumer<Session> before) {
    session = source.connect("snapshot");
    try {
      session.execute(DOING, "begin isolation level repeatable read read only");
      before.accept(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    id = session.text(DOING, "select pg_catalog.pg_export_snapshot()");
    takenAt = Instant.now();
    keepAlive = Ticker.start("snapshot", KEEP_ALIVE, this::touch);
  }

  /** The name that pg_dump takes as {@code --snapshot}. */
  public String id() {
    return id;
  }

  /** Since when the source's vacuum keeps back what the snapshot may still see. */
  public Instant takenAt() {
    return takenAt;
  }

  /**
   * Makes sure that it is still held.
   *
   * @throws MigrationException if its session was lost
   */
  public void check() {
    touch();
    if (lost != null) {
      throw lost;
    }
  }

  /** What is done with a session. */
  @FunctionalInterface
  public interface Loan<T> {
    T with(Session session) throws SQLException, InterruptedException;
  }

  /**
   * Lends the session itself: whoever waits for a lock on a table keeps every newcomer out of it,
   * and not who has a lock already. Who leaves it in the middle of something must end it, since it
   * would be waited for.
   */
  public synchronized <T> T lend(Loan<T> work) throws SQLException, InterruptedException {
    return work.with(session);
  }

  @Override
  public void close() {
    keepAlive.close();
    session.close();
  }

  private synchronized void touch() {
    try {
      session.execute(DOING, "select 1");
    } catch (MigrationException e) {
      lost = e;
    }
  }
}
