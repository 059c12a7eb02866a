package dev.tsferry.cli.command;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.finding.Questions;
import dev.tsferry.cli.discovery.network.HostPlacing;
import dev.tsferry.cli.discovery.network.TargetRoute;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks, before anything is deployed, whether the plan's subnet still is one in which a host can
 * work: networks change between a plan and its deployment, and a host that reaches nothing shows
 * that by never answering.
 */
final class SubnetCheck {
  private SubnetCheck() {}

  /**
   * Refuses the plan's subnet with all that it lacks.
   *
   * @param warnings told what could not be looked at, which is no reason to stop
   * @throws MigrationException what discovery would say of such a subnet
   */
  static void require(AwsAccount account, MigrationPlan plan, Consumer<String> warnings) {
    Findings findings = new Findings(Questions.NOBODY);
    new HostPlacing(account.network(), account.instanceTypes(), plan.account())
        .choose(
            new HostPlacing.Wish(
                plan.source().vpcId(),
                plan.source().availabilityZone(),
                Optional.of(plan.host().subnetId()),
                Optional.empty(),
                new TargetRoute(plan.target().host(), List.of()),
                List.of(plan.host().instanceType())),
            findings);
    // A private route to the target is the plan's word where the subnet has no way out.
    if (!plan.host().outbound().closed()) {
      findings.warnings().forEach(warning -> warnings.accept("warning: " + warning));
    }
    try {
      findings.refuseIfBlocked();
    } catch (MigrationException e) {
      throw new MigrationException(
          e.code(),
          e.getMessage(),
          e,
          "tsferry plan --update, after the network is as it should be");
    }
  }
}
