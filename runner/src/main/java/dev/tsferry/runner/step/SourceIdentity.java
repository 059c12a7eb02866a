package dev.tsferry.runner.step;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Session;

/** Says which database the source is, whatever name it is reached by. */
final class SourceIdentity {
  private SourceIdentity() {}

  static String of(Session source, DatabaseAddress address) {
    String cluster;
    try {
      cluster =
          "cluster "
              + source.text(
                  "identifying the source",
                  "select system_identifier from pg_catalog.pg_control_system()");
    } catch (MigrationException e) {
      // A platform may keep this function to itself.
      cluster = "%s:%d".formatted(address.host(), address.port());
    }
    return "%s, database %s".formatted(cluster, address.database());
  }
}
