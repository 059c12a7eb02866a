package dev.tsferry.lab.database;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The database that the lab carries: time series worth converting, an ordinary application's
 * schema, and a schema of oddities, made by the master user alone, since what a superuser must make
 * no RDS instance holds.
 *
 * <p>Every value is a function of its row's number, so two creations are equal to the last byte.
 * The SQL is in the scripts next to this class, in the folder {@code orders}.
 */
public final class OrdersDatabase {
  /** Rows of the largest table in the lab's demo; then all tables hold more than two million. */
  public static final int FULL_SCALE = 1_600_000;

  /** Rows of the largest table for tests of what the pipeline does rather than how fast. */
  public static final int TEST_SCALE = 8_000;

  /** The tables worth converting; each key of theirs holds the time column. */
  public static final List<Hypertable> HYPERTABLES =
      List.of(
          hypertable("readings", "ts", "7 days"),
          hypertable("events", "at", "7 days"),
          hypertable("Sensor Log", "recorded At", null),
          hypertable("counters", "tick", "10000000"));

  // In this order: rows before keys is faster, and rows before triggers leaves them alone.
  private static final List<String> SCRIPTS =
      List.of(
          "roles",
          "telemetry",
          "telemetry-data",
          "telemetry-keys",
          "shop",
          "shop-data",
          "odd",
          "odd-data",
          "code",
          "grants");

  private OrdersDatabase() {}

  /**
   * Makes roles, schemas and rows in the database that {@code master} is connected to. Roles belong
   * to the whole server, so this works once per server.
   *
   * @param readings rows of the largest table, at least 1000; the others follow it
   */
  public static void create(Connection master, int readings) throws SQLException {
    if (readings < 1000) {
      throw new IllegalArgumentException("readings is %d, at least 1000".formatted(readings));
    }
    try (PreparedStatement scale =
        master.prepareStatement("select set_config('lab.readings', ?, false)")) {
      scale.setString(1, Integer.toString(readings));
      scale.execute();
    }
    for (String script : SCRIPTS) {
      new SqlScript("orders/" + script + ".sql").run(master);
    }
    try (Statement analyze = master.createStatement()) {
      analyze.execute("analyze");
    }
  }

  private static Hypertable hypertable(String table, String timeColumn, String chunkInterval) {
    return new Hypertable(new TableName("telemetry", table), timeColumn, chunkInterval);
  }
}
