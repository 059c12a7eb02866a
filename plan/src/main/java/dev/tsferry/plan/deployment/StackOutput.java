package dev.tsferry.plan.deployment;

/**
 * The outputs of the migration host's CloudFormation stack: infra publishes them, the command finds
 * the host, the bucket and the secrets by them and by nothing else.
 */
public enum StackOutput {
  /** Id of the EC2 instance, such as {@code i-0abc}. */
  INSTANCE_ID("InstanceId"),
  /** Name of the SSM document through which every command to the host goes. */
  COMMAND_DOCUMENT("CommandDocument"),
  /** Name of the bucket through which the runner is pushed. */
  PUSH_BUCKET("PushBucket"),
  /** ARN of the secret with the target's password, made by the stack. */
  TARGET_SECRET_ARN("TargetSecretArn"),
  /** ARN of the secret with the source's password: RDS's own, or one made by the stack. */
  SOURCE_SECRET_ARN("SourceSecretArn");

  private final String key;

  StackOutput(String key) {
    this.key = key;
  }

  /** The output's key in the template. */
  public String key() {
    return key;
  }
}
