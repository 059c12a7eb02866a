package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import dev.tsferry.plan.deployment.StackOutput;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.Validations;
import software.constructs.Construct;

/**
 * Everything that a migration creates in the account, in one stack, so that deleting the stack is
 * all there is to clean up.
 *
 * <p>Needs: an existing VPC, subnet and source security group, named by the plan. Publishes: the
 * outputs of {@link StackOutput}. Everything carries the tag {@link ResourceNames#TAG}.
 */
public final class MigrationStack extends Stack {

  public MigrationStack(Construct scope, String id, StackProps props, MigrationPlan plan) {
    super(scope, id, props);
    DatabaseSecrets secrets = new DatabaseSecrets(this, "Secrets", plan);
    PushBucket bucket = new PushBucket(this, "Push", plan);
    CommandDocument commands = new CommandDocument(this, "Commands");
    MigrationHost host = new MigrationHost(this, "Host", plan, secrets);
    new SourceAccess(this, "SourceAccess", plan, host.securityGroupId());

    publish(StackOutput.INSTANCE_ID, host.instanceId());
    publish(StackOutput.COMMAND_DOCUMENT, commands.name());
    publish(StackOutput.PUSH_BUCKET, bucket.name());
    publish(StackOutput.TARGET_SECRET_ARN, secrets.targetArn());
    publish(StackOutput.SOURCE_SECRET_ARN, secrets.sourceArn());
    Tags.of(this).add(ResourceNames.TAG, plan.name());
    acknowledgeWarnings();
  }

  // A moving image would replace the host in the middle of a run.
  private void acknowledgeWarnings() {
    Validations.of(this)
        .acknowledge(
            acknowledgment("CloudFormation-Validate::W9010", "the image is pinned by the plan"));
  }

  private static Acknowledgment acknowledgment(String rule, String reason) {
    return Acknowledgment.builder().id(rule).reason(reason).build();
  }

  private void publish(StackOutput output, String value) {
    CfnOutput.Builder.create(this, "Output" + output.key()).key(output.key()).value(value).build();
  }
}
