package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.constructs.Construct;

/**
 * Who may speak to the host (nobody) and to whom it may speak: the source, the target, HTTPS (SSM,
 * Secrets Manager, the push bucket) and HTTP (Ubuntu's package mirrors, whose packages are signed).
 *
 * <p>The VPC's resolver and the metadata service need no rule: security groups do not filter them.
 */
final class HostSecurityGroup {
  private HostSecurityGroup() {}

  static SecurityGroup create(Construct scope, String id, IVpc vpc, MigrationPlan plan) {
    SecurityGroup group =
        SecurityGroup.Builder.create(scope, id)
            .vpc(vpc)
            .description("tsferry " + plan.name() + ": migration host, no inbound")
            .allowAllOutbound(false)
            .build();
    group.addEgressRule(
        Peer.securityGroupId(plan.source().securityGroupId()),
        Port.tcp(plan.source().address().port()),
        "source database");
    // A Timescale service has a name and no fixed address.
    int target = plan.target().port();
    if (target != 443 && target != 80) {
      group.addEgressRule(Peer.anyIpv4(), Port.tcp(target), "target database");
    }
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "AWS APIs and the push bucket");
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(80), "package mirrors");
    return group;
  }
}
