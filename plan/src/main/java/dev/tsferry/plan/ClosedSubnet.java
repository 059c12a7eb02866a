package dev.tsferry.plan;

import java.util.List;

/**
 * What a plan must name for a host whose subnet has no way out. Without it the stack deploys and
 * the host never answers, which takes ten minutes to see and longer to understand.
 */
final class ClosedSubnet {
  private ClosedSubnet() {}

  static void check(MigrationPlan plan, List<String> problems) {
    HostNetwork network = plan.host().outbound();
    if (!network.closed()) {
      return;
    }
    for (String service : HostNetwork.NEEDED_ENDPOINTS) {
      if (!network.vpcEndpoints().contains(service)) {
        problems.add(
            "$.host.network.vpcEndpoints: %s is missing, the host needs it to %s"
                .formatted(service, purpose(service)));
      }
    }
    if (plan.host().publicAddress()) {
      problems.add(
          "$.host.publicAddress: true, but network.vpcEndpoints says that the subnet has no way out");
    }
    if (network.targetRanges().isEmpty()) {
      problems.add(
          "$.host.network.targetRanges: missing, without a way out the target is reached through a"
              + " private route, whose range the outbound rule needs");
    }
    software(plan, problems);
  }

  private static void software(MigrationPlan plan, List<String> problems) {
    HostSoftware software = plan.host().supply();
    if (software.proxy() != null) {
      return;
    }
    if (software.ubuntuMirror() == null) {
      problems.add(
          "$.host.software.ubuntuMirror: missing, without a way out and a proxy the host installs"
              + " Java and PostgreSQL's client programs from a mirror of yours");
    }
    boolean rds = Tls.RDS.equals(plan.source().address().tls().ca());
    if (rds && software.rdsBundle() == null) {
      problems.add(
          "$.host.software.rdsBundle: missing, the host can't fetch Amazon RDS's certificate bundle"
              + " (or give the authority in PEM as $.source.address.tls.ca)");
    }
  }

  private static String purpose(String service) {
    return switch (service) {
      case "ssm" -> "register with Systems Manager";
      case "ssmmessages" -> "receive commands";
      case "s3" -> "fetch the runner";
      default -> "read the databases' passwords";
    };
  }
}
