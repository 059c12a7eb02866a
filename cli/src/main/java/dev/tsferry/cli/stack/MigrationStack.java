package dev.tsferry.cli.stack;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One migration's stack: found by name, deployed and destroyed by the CDK command. */
public final class MigrationStack {
  private final StackDirectory directory;
  private final CdkProgram cdk;
  private final MigrationPlan plan;

  public MigrationStack(StackDirectory directory, CdkProgram cdk, MigrationPlan plan) {
    this.directory = requireNonNull(directory, "directory is null");
    this.cdk = requireNonNull(cdk, "cdk is null");
    this.plan = requireNonNull(plan, "plan is null");
  }

  /** The stack, if it is there in whatever state. */
  public Optional<DeployedStack> find() {
    return directory.find(name());
  }

  /** Names of its buckets, whatever state it is in. */
  public List<String> buckets() {
    return directory.buckets(name());
  }

  /**
   * The stack, whole.
   *
   * @throws MigrationException {@code STACK_NOT_FOUND} if it is not there or not whole
   */
  public DeployedStack require() {
    DeployedStack stack =
        find()
            .orElseThrow(
                () ->
                    new MigrationException(
                        ErrorCode.STACK_NOT_FOUND,
                        "looking up the stack %s: account %s has none in %s"
                            .formatted(name(), plan.account(), plan.region()),
                        "tsferry up"));
    if (!stack.usable()) {
      throw new MigrationException(
          ErrorCode.STACK_NOT_FOUND,
          "looking up the stack %s: its status is %s".formatted(name(), stack.status()),
          "wait if it is in progress, else \"tsferry down\" and \"tsferry up\"");
    }
    return stack;
  }

  /**
   * Creates or updates the stack.
   *
   * @throws MigrationException {@code TOOL_FAILED} if CDK fails
   */
  public void deploy(Path planFile, Consumer<String> output) {
    cdk(
        "deploying the stack",
        List.of(
            "deploy",
            "--context",
            "plan=" + planFile.toAbsolutePath(),
            "--require-approval",
            "never",
            "--progress",
            "events"),
        output);
  }

  /**
   * Deletes the stack.
   *
   * @throws MigrationException {@code TOOL_FAILED} if CDK fails
   */
  public void destroy(Path planFile, Consumer<String> output) {
    cdk(
        "deleting the stack",
        List.of("destroy", "--force", "--context", "plan=" + planFile.toAbsolutePath()),
        output);
  }

  private void cdk(String doing, List<String> arguments, Consumer<String> output) {
    List<String> all = new ArrayList<>(arguments);
    int exitCode =
        cdk.run(
            all,
            Map.of(
                "AWS_REGION",
                plan.region(),
                "AWS_DEFAULT_REGION",
                plan.region(),
                // scripts/cdk would empty the bucket before it destroys.
                "TSFERRY_CDK",
                "1"),
            output);
    if (exitCode != 0) {
      throw new MigrationException(
          ErrorCode.TOOL_FAILED,
          "%s %s: cdk ended with exit code %d, see above".formatted(doing, name(), exitCode),
          "aws cloudformation describe-stack-events --region %s --stack-name %s"
              .formatted(plan.region(), name()));
    }
  }

  private String name() {
    return ResourceNames.stack(plan.name());
  }
}
