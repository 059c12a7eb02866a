package dev.tsferry.lab.privilege;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Owners, privileges and settings of a database, one line each; shares nothing with the product.
 *
 * <pre>
 * relation shop.orders: shop_reader SELECT from the owner
 * </pre>
 */
final class WhoMayWhat {
  private WhoMayWhat() {}

  static SortedSet<String> in(Connection connection) throws SQLException, IOException {
    SortedSet<String> lines = new TreeSet<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = ''");
      try (ResultSet rows = statement.executeQuery(resource("who-may-what.sql"))) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  /** Lines of one side that the other doesn't have. */
  static SortedSet<String> minus(SortedSet<String> lines, SortedSet<String> others) {
    SortedSet<String> rest = new TreeSet<>(lines);
    rest.removeAll(others);
    return rest;
  }

  /** Runs a script next to this class in one transaction. */
  static void run(Connection connection, String script) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(resource(script));
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = WhoMayWhat.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
