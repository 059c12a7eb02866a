package dev.tsferry.runner.rollback;

import java.util.List;
import java.util.Locale;

/** The statements that remove an object; its identity is the server's own and quoted. */
final class DropStatements {
  private DropStatements() {}

  static List<String> of(DatabaseObject object, TargetTraits target) {
    String identity = object.identity();
    return switch (object.kind()) {
      case "role" -> role(identity, target.version());
      // Its hypertable or continuous aggregate may have taken it along.
      case "job" -> List.of(target.deletingJob(identity));
      case "view" -> drop(target.isAggregate(identity) ? "materialized view" : "view", identity);
      case "large object" -> List.of("select pg_catalog.lo_unlink(%s)".formatted(identity));
      case "function", "procedure", "aggregate" -> drop("routine", identity);
      case "composite type" -> drop("type", identity);
      case "statistics object" -> drop("statistics", identity);
      default -> drop(object.kind(), identity);
    };
  }

  // Whoever made the role administers it, which isn't the right to what it has.
  private static List<String> role(String identity, int serverVersion) {
    String inherit = serverVersion >= 160_000 ? " with inherit true" : "";
    return List.of(
        "grant %s to current_user%s".formatted(identity, inherit),
        "drop owned by " + identity,
        "drop role " + identity);
  }

  private static List<String> drop(String kind, String identity) {
    return List.of(
        "drop %s if exists %s cascade".formatted(kind.toLowerCase(Locale.ROOT), identity));
  }
}
