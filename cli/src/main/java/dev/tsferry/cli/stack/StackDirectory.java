package dev.tsferry.cli.stack;

import java.util.List;
import java.util.Optional;

/** Looks up CloudFormation stacks. */
public interface StackDirectory {

  /** The stack of that name, unless it is deleted. */
  Optional<DeployedStack> find(String name);

  /** Names of the stack's buckets, also while the stack is half made or half gone. */
  List<String> buckets(String name);
}
