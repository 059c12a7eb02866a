package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The baseline in the run's ledger in the target, so that it survives the host. */
final class BaselineTable {
  private static final String DOING = "reading the baseline in the target's schema tsferry";

  private final Server target;

  BaselineTable(Server target) {
    this.target = target;
  }

  /** Writes {@code baseline} in the place of an earlier one. */
  void replace(Baseline baseline) {
    try (Session session = target.visit("quiesce")) {
      session.transaction(
          "writing the baseline in the target", connection -> write(connection, baseline));
    }
  }

  /** The baseline, where there is one. */
  Optional<Baseline> read() {
    try (Session session = target.visit("quiesce")) {
      List<TableCounters> tables =
          session.list(
              DOING,
              "select relation, name, file, locked, inserted, updated, deleted, live, dead, maintained"
                  + " from tsferry.baseline order by name",
              row ->
                  new TableCounters(
                      row.getLong(1),
                      row.getString(2),
                      row.getLong(3),
                      row.getBoolean(4),
                      row.getLong(5),
                      row.getLong(6),
                      row.getLong(7),
                      row.getLong(8),
                      row.getLong(9),
                      row.getLong(10)));
      SortedMap<String, String> facts = new TreeMap<>();
      session.list(
          DOING,
          "select name, value from tsferry.baseline_fact",
          row -> facts.put(row.getString(1), row.getString(2)));
      return session.first(
          DOING,
          "select taken_at, stats_reset, proof, written_so_far from tsferry.quiesce",
          row ->
              new Baseline(
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  facts,
                  tables));
    }
  }

  private static void write(Connection connection, Baseline baseline) throws SQLException {
    try (Statement delete = connection.createStatement()) {
      delete.execute("delete from tsferry.baseline");
      delete.execute("delete from tsferry.baseline_fact");
      delete.execute("delete from tsferry.quiesce");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.quiesce (taken_at, stats_reset, proof, written_so_far) values (?, ?, ?, ?)")) {
      insert.setObject(1, baseline.takenAt().atOffset(ZoneOffset.UTC));
      insert.setString(2, baseline.statsReset());
      insert.setString(3, baseline.proof());
      insert.setString(4, baseline.writtenSoFar());
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into tsferry.baseline_fact values (?, ?)")) {
      for (Map.Entry<String, String> fact : baseline.facts().entrySet()) {
        insert.setString(1, fact.getKey());
        insert.setString(2, fact.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.baseline values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (TableCounters table : baseline.tables()) {
        insert.setLong(1, table.relation());
        insert.setString(2, table.name());
        insert.setLong(3, table.file());
        insert.setBoolean(4, table.locked());
        insert.setLong(5, table.inserted());
        insert.setLong(6, table.updated());
        insert.setLong(7, table.deleted());
        insert.setLong(8, table.live());
        insert.setLong(9, table.dead());
        insert.setLong(10, table.maintained());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
