package dev.tsferry.runner.handover;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The statements that are left to a person, in the target's ledger until the run ends. */
public final class HandoverLedger {
  private HandoverLedger() {}

  /** Notes what a step leaves, in the step's own transaction. */
  public static void replace(Connection connection, String step, List<HandoverStatement> left)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from tsferry.handover where step = ?")) {
      delete.setString(1, step);
      delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.handover (step, number, statement, reason) values (?, ?, ?, ?)")) {
      for (int i = 0; i < left.size(); i++) {
        insert.setString(1, step);
        insert.setInt(2, i + 1);
        insert.setString(3, left.get(i).statement());
        insert.setString(4, left.get(i).reason());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Everything that is left, in the order of the steps. */
  public static List<HandoverStatement> read(Server target) {
    try (Session session = target.visit("ledger")) {
      return session.list(
          "reading the ledger in the target's schema tsferry",
          "select h.step, h.statement, h.reason from tsferry.handover h"
              + " left join tsferry.step s on s.step = h.step"
              + " order by s.recorded_at, h.step, h.number",
          row -> new HandoverStatement(row.getString(1), row.getString(2), row.getString(3)));
    }
  }
}
