package dev.tsferry.cli.host;

import java.time.Duration;
import java.util.Optional;

/** Runs scripts on the migration host and says what became of them. */
public interface RemoteCommands {

  /**
   * Sends {@code script} to the host and returns at once.
   *
   * @param script a bash script, run as root
   * @param limit after which the script is killed, 5 seconds to 48 hours
   * @return the command's id
   */
  String send(RemoteHost host, String script, Duration limit);

  /**
   * What became of a command; empty while the service does not know of it, as right after sending.
   */
  Optional<Invocation> invocation(String commandId, RemoteHost host);

  /**
   * A command on one host.
   *
   * @param status Run Command's detailed status, such as {@code InProgress}
   * @param exitCode the script's exit code, -1 before it started
   * @param output the first 24,000 characters of standard output, empty before the end
   * @param errors the first 8,000 characters of standard error, empty before the end
   */
  record Invocation(String status, int exitCode, String output, String errors) {}
}
