package dev.tsferry.runner.postgres;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.outcome.MigrationException;

/** Says which database one is, whatever name it is reached by. */
public final class DatabaseIdentity {
  private DatabaseIdentity() {}

  /**
   * The identity of the database that {@code session} is in.
   *
   * <pre>
   * cluster 7412345678901234567, database orders
   * </pre>
   */
  public static String of(Session session, DatabaseAddress address) {
    String cluster;
    try {
      cluster =
          "cluster "
              + session.text(
                  "identifying the " + session.side().word(),
                  "select system_identifier from pg_catalog.pg_control_system()");
    } catch (MigrationException e) {
      // A platform may keep this function to itself.
      cluster = "%s:%d".formatted(address.host(), address.port());
    }
    return "%s, database %s".formatted(cluster, address.database());
  }
}
