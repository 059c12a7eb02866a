package dev.tsferry.lab.pipeline;

import dev.tsferry.lab.database.LabDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A lock on a table of the target that holds up what a run does with it, so that a test can act in
 * the middle of it.
 *
 * <p>The server itself takes it as soon as the table is there: rows follow their table within
 * milliseconds, and whoever looked from outside would often come too late.
 */
public final class TableLock implements AutoCloseable {
  // to_regclass() would go on seeing what its session cached: that there is no such table.
  private static final String AS_SOON_AS_THERE =
      """
      do $$ begin
        for i in 1..60000 loop
          exit when exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = (parse_ident('%1$s'))[1] and c.relname = (parse_ident('%1$s'))[2]);
          perform pg_sleep(0.001);
        end loop;
        lock table only %1$s in %2$s mode;
      end $$
      """;

  private static final String LOADING_WAITS =
      "select exists (select from pg_locks l join pg_stat_activity a using (pid)"
          + " where not l.granted and l.relation = '%s'::regclass"
          + " and a.application_name in ('tsferry-data', 'tsferry-copy', 'tsferry-post-data'))";

  private final LabDatabase<?> server;
  private final String table;
  private final Connection session;

  private TableLock(LabDatabase<?> server, String table, Connection session) {
    this.server = server;
    this.table = table;
    this.session = session;
  }

  /** Waits for the table and locks it against everything, rows among it. */
  public static TableLock of(LabDatabase<?> server, String table) throws SQLException {
    return of(server, table, "access exclusive");
  }

  /**
   * Waits for the table, up to a minute, and locks it.
   *
   * @param table its schema and name as SQL has them
   * @param mode what PostgreSQL calls the lock: {@code row exclusive} lets rows go past and holds
   *     up indexes
   */
  public static TableLock of(LabDatabase<?> server, String table, String mode) throws SQLException {
    TableLock lock = new TableLock(server, table, server.connect());
    try {
      // Some tests give every session of the user limits of time.
      lock.execute("set statement_timeout = 0");
      lock.execute("set lock_timeout = 0");
      lock.execute("set idle_in_transaction_session_timeout = 0");
      lock.session.setAutoCommit(false);
      lock.execute(AS_SOON_AS_THERE.formatted(table, mode));
      return lock;
    } catch (SQLException e) {
      lock.close();
      throw e;
    }
  }

  /** Waits until the rows of the table, or what is made of them, wait for this lock. */
  public void awaitLoading() throws Exception {
    Waiting.until(() -> server.asSuperuser(LOADING_WAITS.formatted(table)).equals("t"));
  }

  /** Executes a statement in the transaction that holds the lock. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Lets go of the lock and keeps what was executed. */
  public void commit() throws SQLException {
    session.commit();
  }

  /** Lets go of the lock. */
  public void release() throws SQLException {
    session.rollback();
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
