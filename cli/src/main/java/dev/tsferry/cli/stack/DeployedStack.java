package dev.tsferry.cli.stack;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Map;

/**
 * A stack that CloudFormation knows.
 *
 * @param status such as {@code CREATE_COMPLETE}
 * @param outputs by key
 */
public record DeployedStack(String name, String status, Map<String, String> outputs) {
  public DeployedStack {
    requireNonNull(name, "name is null");
    requireNonNull(status, "status is null");
    outputs = Map.copyOf(outputs);
  }

  /** Whether CloudFormation is done with it and it is whole. */
  public boolean usable() {
    return status.equals("CREATE_COMPLETE")
        || status.equals("UPDATE_COMPLETE")
        || status.equals("UPDATE_ROLLBACK_COMPLETE");
  }

  /** Whether CloudFormation is at work on it in a way that must end before it can be deleted. */
  public boolean busy() {
    return status.equals("DELETE_IN_PROGRESS")
        || (status.startsWith("UPDATE_") && status.endsWith("_IN_PROGRESS"))
        || status.equals("ROLLBACK_IN_PROGRESS");
  }

  /**
   * One of the outputs that the migration host's stack publishes.
   *
   * @throws MigrationException {@code STACK_NOT_FOUND} if it is missing: the stack is another one
   */
  public String output(StackOutput output) {
    String value = outputs.get(output.key());
    if (value == null) {
      throw new MigrationException(
          ErrorCode.STACK_NOT_FOUND,
          "reading the outputs of stack %s: %s is missing".formatted(name, output.key()),
          "tsferry up");
    }
    return value;
  }
}
