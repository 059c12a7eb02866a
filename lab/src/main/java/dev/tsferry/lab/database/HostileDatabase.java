package dev.tsferry.lab.database;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database of a few hundred rows in which every name and comment holds what ends a word, a
 * string, a statement or a line somewhere; for tests of whatever writes or reads SQL. It has no
 * roles, so it can be made next to another database on the same server.
 */
public final class HostileDatabase {
  /** Its one table worth converting. */
  public static final Hypertable HYPERTABLE =
      new Hypertable(
          new TableName("Hostile \"schema\"\n; -- /* 😀 $$", "time \"series\" it's\n; DROP -- /*"),
          "the \"time\" it's; --",
          "7 days");

  private HostileDatabase() {}

  /** Makes it in the database that {@code owner} is connected to and owns. */
  public static void create(Connection owner) throws SQLException {
    new SqlScript("hostile/hostile.sql").run(owner);
  }
}
