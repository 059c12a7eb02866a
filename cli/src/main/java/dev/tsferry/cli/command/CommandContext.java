package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.account.AwsAccounts;
import dev.tsferry.cli.console.Interrupts;
import dev.tsferry.cli.console.Prompt;
import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.discovery.network.NameDirectory;
import dev.tsferry.cli.stack.CdkProgram;
import dev.tsferry.cli.time.Pacer;
import java.nio.file.Path;
import java.util.Map;

/**
 * The world as the commands see it, so that tests can hand them another one.
 *
 * @param home the root of tsferry's own files
 * @param terminal what standard error can show
 * @param cdk the CDK command
 * @param names resolves host names
 * @param environment the process's environment variables
 */
public record CommandContext(
    AwsAccounts accounts,
    Prompt prompt,
    Interrupts interrupts,
    Pacer pacer,
    TerminalTraits terminal,
    CdkProgram cdk,
    Path home,
    NameDirectory names,
    Map<String, String> environment) {

  public CommandContext {
    requireNonNull(accounts, "accounts is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(interrupts, "interrupts is null");
    requireNonNull(pacer, "pacer is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(cdk, "cdk is null");
    requireNonNull(home, "home is null");
    requireNonNull(names, "names is null");
    environment = Map.copyOf(environment);
  }

  /** The runner's jar, which is pushed to the host. */
  public Path runnerJar() {
    return home.resolve("runner").resolve("target").resolve("tsferry-runner.jar");
  }
}
