package dev.tsferry.cli.stack;

import java.util.Optional;

/** Looks up CloudFormation stacks. */
public interface StackDirectory {

  /** The stack of that name, unless it is deleted. */
  Optional<DeployedStack> find(String name);
}
