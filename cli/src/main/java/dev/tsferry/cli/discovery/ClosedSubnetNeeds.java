package dev.tsferry.cli.discovery;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.network.HostPlace;
import dev.tsferry.plan.HostSoftware;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.outcome.ErrorCode;

/** What only the user knows of a subnet that has VPC endpoints and no way out. */
final class ClosedSubnetNeeds {
  private ClosedSubnetNeeds() {}

  static void check(HostPlace place, DiscoveryRequest request, Findings findings) {
    HostSoftware software = request.host().software();
    if (place.network() == null || (software != null && software.proxy() != null)) {
      return;
    }
    String doing =
        "placing the host: subnet %s has VPC endpoints and no way out"
            .formatted(place.subnet().id());
    if (software == null || software.ubuntuMirror() == null) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          doing + ", so PostgreSQL's client programs and Java can't come from the internet",
          "name a mirror inside your network with --ubuntu-mirror (and --postgresql-mirror), or a proxy with --proxy");
    }
    boolean rds = Tls.RDS.equals(request.source().tls().ca());
    if (rds && (software == null || software.rdsBundle() == null)) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          doing + ", so Amazon RDS's certificate bundle can't come from the internet",
          "name a copy of it with --rds-bundle, or give the authority in PEM with --source-ca");
    }
  }
}
