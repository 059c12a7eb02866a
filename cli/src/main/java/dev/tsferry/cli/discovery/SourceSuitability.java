package dev.tsferry.cli.discovery;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Set;

/** Whether an instance can be carried at all, told by what RDS says of it. */
final class SourceSuitability {
  // In these, RDS serves connections as ever.
  private static final Set<String> USABLE =
      Set.of("available", "backing-up", "storage-optimization");

  private SourceSuitability() {}

  /**
   * @throws MigrationException {@code AWS_UNSUPPORTED_SOURCE} if {@code instance} cannot be carried
   */
  static void check(DatabaseInstance instance) {
    String doing = "planning to carry " + instance.identifier() + ": ";
    if (instance.engine().equals("aurora-postgresql")) {
      throw new MigrationException(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          doing + "it belongs to an Aurora PostgreSQL cluster, which tsferry cannot carry yet",
          "from a machine inside its VPC, \"tsferry run --local\" carries it");
    }
    if (!instance.engine().equals("postgres")) {
      throw new MigrationException(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          doing + "its engine is %s, only postgres can be carried".formatted(instance.engine()));
    }
    if (!USABLE.contains(instance.status()) || instance.endpoint() == null) {
      throw new MigrationException(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          doing + "its status is %s, not available".formatted(instance.status()),
          waitHint(instance));
    }
    if (instance.replicaOf() != null) {
      throw new MigrationException(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          doing
              + "it is a read replica of %s, and a dump of a replica can be cancelled at any time by what the primary does"
                  .formatted(instance.replicaOf()),
          "plan with --rds " + replicaSource(instance.replicaOf()));
    }
  }

  private static String waitHint(DatabaseInstance instance) {
    return instance.status().equals("deleting")
        ? "name another instance"
        : "aws rds wait db-instance-available --db-instance-identifier " + instance.identifier();
  }

  // A replica of another region names its source by ARN.
  private static String replicaSource(String replicaOf) {
    return replicaOf.substring(replicaOf.lastIndexOf(':') + 1);
  }
}
