package dev.tsferry.runner.rollback;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What was on the target before a run and what the run carries, in the run's ledger: the difference
 * to what is there later, as far as it was carried, is what a rollback may remove.
 */
public final class ObjectRecord {
  private static final String DOING = "writing the ledger in the target";
  private static final String BEFORE = "before";
  private static final String CARRIED = "carried";

  private ObjectRecord() {}

  /**
   * Notes everything that is on the target now; to be called in the transaction that makes the
   * ledger, so that nothing of the run's can be there yet.
   */
  public static void before(Session target) {
    Set<DatabaseObject> objects = ObjectCatalog.of(target);
    target.work(DOING, connection -> replace(connection, BEFORE, objects));
  }

  /** Notes everything that the source has, in place of what an attempt before noted. */
  public static void carried(Session source, Server target) {
    Set<DatabaseObject> objects = ObjectCatalog.of(source);
    try (Session session = target.visit("ledger")) {
      session.transaction(DOING, connection -> replace(connection, CARRIED, objects));
    }
  }

  static Set<DatabaseObject> readBefore(Session target) {
    return read(target, BEFORE);
  }

  static Set<DatabaseObject> readCarried(Session target) {
    return read(target, CARRIED);
  }

  private static Set<DatabaseObject> read(Session target, String side) {
    return new LinkedHashSet<>(
        target.list(
            "reading the ledger in the target's schema tsferry",
            "select kind, schema, identity from tsferry.object where side = ?",
            row -> new DatabaseObject(row.getString(1), row.getString(2), row.getString(3)),
            side));
  }

  private static void replace(Connection connection, String side, Set<DatabaseObject> objects)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from tsferry.object where side = ?")) {
      delete.setString(1, side);
      delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.object (side, kind, schema, identity) values (?, ?, ?, ?)"
                + " on conflict do nothing")) {
      for (DatabaseObject object : objects) {
        insert.setString(1, side);
        insert.setString(2, object.kind());
        insert.setString(3, object.schema());
        insert.setString(4, object.identity());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
