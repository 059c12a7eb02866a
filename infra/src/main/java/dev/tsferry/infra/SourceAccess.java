package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.constructs.Construct;

/**
 * The one thing that changes outside the stack: a rule on the source's security group that lets the
 * host reach the database. The stack owns it, so deleting the stack removes it.
 */
final class SourceAccess extends Construct {

  SourceAccess(Construct scope, String id, MigrationPlan plan, String hostSecurityGroupId) {
    super(scope, id);
    int port = plan.source().address().port();
    CfnSecurityGroupIngress.Builder.create(this, "Rule")
        .groupId(plan.source().securityGroupId())
        .sourceSecurityGroupId(hostSecurityGroupId)
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .description(ResourceNames.stack(plan.name()) + ": migration host, removed with its stack")
        .build();
  }
}
