package dev.tsferry.cli.host;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.time.Backoff;
import dev.tsferry.cli.time.Pacer;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Waits for the host's agent, without which no command can be sent. */
public final class HostReadiness {
  private static final String ONLINE = "Online";
  private static final Set<String> GONE =
      Set.of("shutting-down", "terminated", "stopping", "stopped", "missing");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HostDirectory directory;
  private final Pacer pacer;

  public HostReadiness(HostDirectory directory, Pacer pacer) {
    this.directory = requireNonNull(directory, "directory is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
  }

  /**
   * Returns when the agent is online; at once if it is.
   *
   * @param progress told once if there is something to wait for
   * @throws MigrationException {@code HOST_NOT_ONLINE} if the instance is gone or the agent does
   *     not come
   */
  public void await(String instanceId, Consumer<String> progress) {
    if (online(instanceId)) {
      return;
    }
    progress.accept("waiting for the host %s to register".formatted(instanceId));
    Instant deadline = pacer.now().plus(PATIENCE);
    Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(5));
    while (!online(instanceId)) {
      requireNotGone(instanceId);
      if (pacer.now().isAfter(deadline)) {
        throw new MigrationException(
            ErrorCode.HOST_NOT_ONLINE,
            "waiting for the host %s: its agent did not register with Systems Manager in %d minutes"
                .formatted(instanceId, PATIENCE.toMinutes()),
            "check that its subnet's way out leads to the internet",
            "aws ec2 get-console-output --latest --instance-id " + instanceId);
      }
      pacer.pause(backoff.next());
    }
  }

  /** Whether the agent is online now. */
  public boolean online(String instanceId) {
    return directory.agent(instanceId).filter(ONLINE::equals).isPresent();
  }

  /**
   * Refuses an instance that will never answer.
   *
   * @throws MigrationException {@code HOST_NOT_ONLINE} if the instance was stopped or terminated
   */
  public void requireNotGone(String instanceId) {
    String state = directory.instance(instanceId).orElse("missing");
    if (GONE.contains(state)) {
      throw new MigrationException(
          ErrorCode.HOST_NOT_ONLINE,
          "reaching the host %s: the instance is %s".formatted(instanceId, state),
          "\"tsferry down\" removes what is left, \"tsferry up\" makes a new one");
    }
  }
}
