package dev.tsferry.cli.discovery.source;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Map;

/** Whether an engine is PostgreSQL, and what it is called where it is not. */
final class Engine {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "aurora-mysql", "Aurora MySQL",
          "mysql", "MySQL",
          "mariadb", "MariaDB",
          "oracle", "Oracle",
          "custom-oracle", "RDS Custom for Oracle",
          "sqlserver", "SQL Server",
          "custom-sqlserver", "RDS Custom for SQL Server",
          "db2", "Db2",
          "docdb", "DocumentDB",
          "neptune", "Neptune");

  private Engine() {}

  static boolean isPostgres(String engine) {
    return engine.equals("postgres") || engine.equals("aurora-postgresql");
  }

  /** Adds a problem unless {@code engine} can be carried. */
  static boolean check(String identifier, String engine, Findings findings) {
    if (isPostgres(engine)) {
      return true;
    }
    String name =
        PREFIXES.entrySet().stream()
            .filter(entry -> engine.startsWith(entry.getKey()))
            .map(entry -> " (%s)".formatted(entry.getValue()))
            .sorted()
            .findFirst()
            .orElse("");
    findings.problem(
        ErrorCode.AWS_UNSUPPORTED_SOURCE,
        "planning to carry %s: its engine is %s%s, and only postgres and aurora-postgresql can be carried"
            .formatted(identifier, engine, name));
    return false;
  }
}
