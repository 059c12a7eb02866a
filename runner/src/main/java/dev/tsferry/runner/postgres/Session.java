package dev.tsferry.runner.postgres;

import dev.tsferry.runner.process.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One session with a server, with an empty search path so that nothing in the database can stand in
 * for a system function. A cancelled run cancels its query.
 */
public final class Session implements AutoCloseable {
  private final Side side;
  private final Connection connection;
  private final Cancellation cancellation;
  private final Cancellation.Registration registration;
  private final IdleConnections idle;
  private boolean copied;

  /**
   * @param idle keeps the connection when the session is closed; null to end it
   */
  Session(Side side, Connection connection, Cancellation cancellation, IdleConnections idle) {
    this.idle = idle;
    this.side = side;
    this.connection = connection;
    this.cancellation = cancellation;
    this.registration = cancellation.onCancel(this::cancelQuery);
  }

  /** Makes a value of a result's current row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Work that several statements do; its failures are put into words by the session. */
  @FunctionalInterface
  public interface Work {
    void run(Connection connection) throws SQLException;
  }

  public Side side() {
    return side;
  }

  /** The number of the server's process, known without asking the server. */
  public int processId() {
    try {
      return connection.unwrap(PGConnection.class).getBackendPID();
    } catch (SQLException e) {
      throw ServerErrors.working(side, "looking at the session", e);
    }
  }

  /**
   * All rows of a query.
   *
   * @param doing what is being done, for the message if it fails
   */
  public <T> List<T> list(String doing, String sql, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** The first row of a query, where it has one. */
  public <T> Optional<T> first(
      String doing, String sql, RowReader<T> reader, Object... parameters) {
    List<T> rows = list(doing, sql, reader, parameters);
    return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
  }

  /** The first column of a query's first row as text, or null. */
  public String text(String doing, String sql, Object... parameters) {
    return first(doing, sql, row -> row.getString(1), parameters).orElse(null);
  }

  /** The first column of a query's first row as a number, 0 if there is none. */
  public long number(String doing, String sql, Object... parameters) {
    return first(doing, sql, row -> row.getLong(1), parameters).orElse(0L);
  }

  /** The first column of a query's first row, false if there is none. */
  public boolean isTrue(String doing, String sql, Object... parameters) {
    return first(doing, sql, row -> row.getBoolean(1), parameters).orElse(false);
  }

  /** Executes one statement as it is: neither question marks nor braces in it mean anything. */
  public void execute(String doing, String sql) {
    work(doing, ignored -> executeRaw(sql));
  }

  /** Executes one statement as it is, the failure as the driver has it. */
  public void executeRaw(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Executes one statement as it is, and returns the server's warnings. */
  public List<String> executeWithWarnings(String doing, String sql) {
    List<String> warnings = new ArrayList<>();
    work(
        doing,
        c -> {
          try (Statement statement = c.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            for (SQLWarning warning = statement.getWarnings();
                warning != null;
                warning = warning.getNextWarning()) {
              warnings.add(warning.getMessage());
            }
          }
        });
    return warnings;
  }

  /** Does {@code work} in one transaction, and commits it. */
  public void transaction(String doing, Work work) {
    work(
        doing,
        c -> {
          c.setAutoCommit(false);
          try {
            work.run(c);
            c.commit();
          } catch (SQLException | RuntimeException e) {
            rollback(c);
            throw e;
          }
          c.setAutoCommit(true);
        });
  }

  /** The number that {@code query} has after {@code change}, which is taken back in any case. */
  public long takenBack(String doing, String change, String query) {
    try {
      connection.setAutoCommit(false);
      try {
        executeRaw(change);
        return number(doing, query);
      } finally {
        rollback(connection);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** Does {@code work}, and puts its failure into words. */
  public void work(String doing, Work work) {
    try {
      work.run(connection);
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** Begins a COPY to us, whose failures are as the driver has them. */
  public CopyOut copyOut(String sql) throws SQLException {
    copied = true;
    return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
  }

  /** The driver's own view of the session. */
  public BaseConnection driver() throws SQLException {
    return connection.unwrap(BaseConnection.class);
  }

  /** Begins a COPY from us, whose failures are as the driver has them. */
  public CopyIn copyIn(String sql) throws SQLException {
    copied = true;
    return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
  }

  /** Ends the session at once, whatever another thread does with it. */
  public void abort() {
    registration.close();
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // The server ends a session that is gone by itself.
    }
  }

  @Override
  public void close() {
    registration.close();
    try {
      if (idle != null && isAsNew() && idle.keep(connection)) {
        return;
      }
      connection.close();
    } catch (SQLException e) {
      // The server ends a session that is gone by itself.
    }
  }

  // A cancelled one may still get a cancellation that was meant for its last query.
  private boolean isAsNew() throws SQLException {
    return !copied
        && !cancellation.isCancelled()
        && !connection.isClosed()
        && connection.getAutoCommit()
        && driver().getTransactionState() == TransactionState.IDLE;
  }

  private RuntimeException failure(String doing, SQLException e) {
    cancellation.check();
    return ServerErrors.working(side, doing, e);
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The first failure says why; a lost connection rolls back by itself.
    }
  }

  private void cancelQuery() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // It ends with the process at the latest.
    }
  }
}
