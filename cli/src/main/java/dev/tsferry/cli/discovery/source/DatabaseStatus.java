package dev.tsferry.cli.discovery.source;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Set;

/**
 * Whether RDS serves a database in the state that it is in, and what to do where it does not.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html">DB
 *     instance status</a>
 */
final class DatabaseStatus {
  // In these, RDS serves connections as ever.
  private static final Set<String> USABLE =
      Set.of(
          "available",
          "backing-up",
          "configuring-enhanced-monitoring",
          "configuring-iam-database-auth",
          "configuring-log-exports",
          "storage-optimization",
          "storage-initialization");
  private static final Set<String> STOPPED = Set.of("stopped", "stopping");
  private static final Set<String> GOING = Set.of("deleting", "delete-precheck");
  private static final Set<String> BROKEN =
      Set.of(
          "failed",
          "inaccessible-encryption-credentials",
          "inaccessible-encryption-credentials-recoverable",
          "insufficient-capacity",
          "restore-error");

  private DatabaseStatus() {}

  /**
   * Adds a problem unless a database in {@code status} can be read.
   *
   * @param what {@code db-instance} or {@code db-cluster}, as the AWS CLI calls it
   */
  static void check(String what, String identifier, String status, Findings findings) {
    if (USABLE.contains(status)) {
      return;
    }
    String doing = "planning to carry " + identifier + ": ";
    String option = "--%s-identifier %s".formatted(what, identifier);
    if (STOPPED.contains(status)) {
      refuse(
          findings,
          doing + "it is %s, and a dump needs it running".formatted(status),
          "aws rds start-%s %s".formatted(what, option));
    } else if (GOING.contains(status)) {
      refuse(findings, doing + "it is being deleted", "name another with --rds");
    } else if (status.equals("storage-full")) {
      refuse(
          findings,
          doing + "its storage is full (storage-full), and RDS lets nobody in until there is room",
          "aws rds modify-%s %s --apply-immediately --allocated-storage GIB"
              .formatted(what, option));
    } else if (BROKEN.contains(status) || status.startsWith("incompatible-")) {
      refuse(
          findings,
          doing + "its status is %s, which does not pass by itself".formatted(status),
          "aws rds describe-events --source-type %s --source-identifier %s --duration 1440"
              .formatted(what, identifier));
    } else {
      refuse(
          findings,
          doing
              + "it is being changed (status %s), which may restart it in the middle of a dump"
                  .formatted(status),
          "aws rds wait %s-available %s".formatted(what, option));
    }
  }

  private static void refuse(Findings findings, String text, String hint) {
    findings.problem(ErrorCode.AWS_UNSUPPORTED_SOURCE, text, hint);
  }
}
