package dev.tsferry.runner.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Connections that wait for the next visit to their server. */
final class IdleConnections implements AutoCloseable {
  private static final int MOST = 4;

  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /** The one that was used last, which may be dead by now. */
  synchronized Optional<Connection> take() {
    return Optional.ofNullable(idle.pollLast());
  }

  /** Keeps a connection, and returns whether it did. */
  synchronized boolean keep(Connection connection) {
    if (closed || idle.size() >= MOST) {
      return false;
    }
    return idle.add(connection);
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Connection connection : idle) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The server ends a session that is gone by itself.
      }
    }
    idle.clear();
  }
}
