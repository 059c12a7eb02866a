package dev.tsferry.lab.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database holds, as one line of text for each object and each object's content, the same on
 * every server that holds the same.
 *
 * <pre>
 * rows of telemetry.readings            = 1600000 rows with digest -5718290411
 * value of sequence shop.invoice_number = 987850 called
 * index telemetry.readings_ts_idx       = CREATE INDEX readings_ts_idx ON telemetry.readings ...
 * </pre>
 *
 * The digest is the sum of 64-bit hashes of the rows' text, computed by the server that has them,
 * so it depends on each row and each repetition but not on their order.
 */
record DatabaseContent(SortedMap<String, String> facts) {
  DatabaseContent {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** Reads everything in one snapshot; the session is left as it was. */
  static DatabaseContent of(Connection connection) throws SQLException {
    return of(connection, "comparison/catalogue.sql", "comparison/contents.sql");
  }

  /** The same for what is inside hypertables. */
  static DatabaseContent ofHypertables(Connection connection) throws SQLException {
    return of(connection, "comparison/hypertables.sql", "comparison/chunks.sql");
  }

  private static DatabaseContent of(Connection connection, String catalogue, String contents)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(new SqlScript("comparison/session.sql").text());
      SortedMap<String, String> facts = pairs(statement, new SqlScript(catalogue).text());
      SortedMap<String, String> queries = pairs(statement, new SqlScript(contents).text());
      for (var query : queries.entrySet()) {
        add(facts, query.getKey(), value(statement, query.getValue()));
      }
      return new DatabaseContent(facts);
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private static SortedMap<String, String> pairs(Statement statement, String query)
      throws SQLException {
    SortedMap<String, String> pairs = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        add(pairs, rows.getString(1), rows.getString(2));
      }
    }
    return pairs;
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  // Two objects under one key would hide each other.
  private static void add(SortedMap<String, String> facts, String key, String value) {
    if (facts.putIfAbsent(key, value) != null) {
      throw new IllegalStateException("two objects are called " + key);
    }
  }
}
