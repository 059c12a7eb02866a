package dev.tsferry.cli.host;

import java.util.Optional;

/** Knows the instances and their agents. */
public interface HostDirectory {

  /** Whether the instance's agent is there: {@code Online}, {@code ConnectionLost} or nothing. */
  Optional<String> agent(String instanceId);

  /** EC2's state of the instance, such as {@code running}; nothing if there is none of that id. */
  Optional<String> instance(String instanceId);

  /** The volume that is attached besides the root volume, if there is one. */
  Optional<String> dataVolume(String instanceId);
}
