package dev.tsferry.lab.everything;

import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database with an object of every kind that PostgreSQL 15 has, of few rows. The SQL is in the
 * resources next to this class.
 */
final class EverythingDatabase {
  private static final List<String> SCRIPTS =
      List.of("types", "tables", "code", "views", "comments");

  private EverythingDatabase() {}

  /** Makes what the source's master user can make. */
  static void create(Connection master) throws SQLException {
    for (String script : SCRIPTS) {
      run(master, script);
    }
  }

  /** Makes what only a superuser can, and what depends on it. */
  static void createAsSuperuser(LabDatabase<?> source) {
    source.asSuperuser(text("superuser").replace("orders_admin", RdsLikeSource.MASTER_USER));
  }

  private static void run(Connection connection, String script) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text(script));
      connection.commit();
    } catch (SQLException e) {
      throw new SQLException("running %s: %s".formatted(script, e.getMessage()), e);
    } finally {
      connection.setAutoCommit(true);
    }
  }

  static String text(String script) {
    try (InputStream in = EverythingDatabase.class.getResourceAsStream(script + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
