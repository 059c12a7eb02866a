package dev.tsferry.cli.host;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.RemoteCommands.Invocation;
import dev.tsferry.cli.time.Backoff;
import dev.tsferry.cli.time.Pacer;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Sends one short script at a time and waits for its output: Run Command answers late, forgets for
 * a moment what it was sent, and is throttled easily.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html">command
 *     statuses</a>
 */
public final class HostShell {
  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
  // Delivery by the agent, on top of the script's own time.
  private static final Duration DELIVERY = Duration.ofSeconds(90);
  private static final Set<String> UNDER_WAY = Set.of("pending", "inprogress", "delayed");
  private static final Set<String> UNDELIVERED =
      Set.of("deliverytimedout", "undeliverable", "terminated", "invalidplatform", "accessdenied");

  private final RemoteCommands commands;
  private final Pacer pacer;
  private final RemoteHost host;

  public HostShell(RemoteCommands commands, Pacer pacer, RemoteHost host) {
    this.commands = requireNonNull(commands, "commands is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
    this.host = requireNonNull(host, "host is null");
  }

  public RemoteHost host() {
    return host;
  }

  /**
   * Runs {@code script} and returns what it printed.
   *
   * @param doing what the script is for, in the words of an error message
   * @param limit after which the script is killed
   * @throws MigrationException {@code HOST_COMMAND_FAILED} if it failed, {@code HOST_NOT_ONLINE} if
   *     it did not reach the host, {@code TIMED_OUT} if nothing came back in time
   */
  public String run(String doing, HostScript script, Duration limit) {
    String commandId = commands.send(host, script.text(), limit);
    Instant deadline = pacer.now().plus(limit).plus(DELIVERY);
    Backoff backoff = new Backoff(FIRST_LOOK, LONGEST_LOOK);
    while (true) {
      pacer.pause(backoff.next());
      Optional<Invocation> invocation = look(commandId);
      String status = invocation.map(HostShell::status).orElse("pending");
      if (!UNDER_WAY.contains(status)) {
        return output(doing, status, invocation.orElseThrow());
      }
      if (pacer.now().isAfter(deadline)) {
        throw new MigrationException(
            ErrorCode.TIMED_OUT,
            "%s on the host %s: no answer to command %s in %d s"
                .formatted(doing, host.instanceId(), commandId, limit.plus(DELIVERY).toSeconds()));
      }
    }
  }

  // Being throttled says nothing about the command: ask again later.
  private Optional<Invocation> look(String commandId) {
    try {
      return commands.invocation(commandId, host);
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.AWS_THROTTLED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String status(Invocation invocation) {
    return invocation.status().replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private String output(String doing, String status, Invocation invocation) {
    if (status.equals("success")) {
      return invocation.output();
    }
    String where = "%s on the host %s".formatted(doing, host.instanceId());
    if (UNDELIVERED.contains(status)) {
      throw new MigrationException(
          ErrorCode.HOST_NOT_ONLINE,
          "%s: the command did not reach it (%s)".formatted(where, invocation.status()),
          "tsferry status");
    }
    String why =
        status.equals("failed") ? "exit code " + invocation.exitCode() : invocation.status();
    throw new MigrationException(
        ErrorCode.HOST_COMMAND_FAILED, where + ": " + why + lastLine(invocation.errors()));
  }

  private static String lastLine(String errors) {
    String text = errors.strip();
    return text.isEmpty() ? "" : ": " + text.substring(text.lastIndexOf('\n') + 1);
  }
}
