package dev.tsferry.lab.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** A resource next to this class with SQL that people can read and psql could run. */
record SqlScript(String resource) {

  /**
   * Runs the whole script in one transaction of its own.
   *
   * @param connection made by {@link LabDatabase#open}
   */
  void run(Connection connection) throws SQLException {
    PreferQueryMode mode = connection.unwrap(PGConnection.class).getPreferQueryMode();
    if (mode != PreferQueryMode.SIMPLE) {
      throw new IllegalArgumentException("the connection was not made by LabDatabase.open");
    }
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // The text is the server's own SQL: braces in it are no JDBC escapes.
      statement.setEscapeProcessing(false);
      statement.execute(text());
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw new SQLException(
          "running %s: %s".formatted(resource, e.getMessage()), e.getSQLState(), e);
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  /** The script itself. */
  String text() {
    try (InputStream in = SqlScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
