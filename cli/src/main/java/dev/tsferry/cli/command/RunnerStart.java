package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.cli.host.HostScript;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.cli.stack.SecretStore;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Starts the runner on the host, for a run or a short task: everything that must be there first.
 */
final class RunnerStart {
  private final CommandContext context;
  private final RemoteSite site;
  private final PrintWriter err;
  private final String planOption;

  RunnerStart(CommandContext context, RemoteSite site, PrintWriter err, String planOption) {
    this.context = requireNonNull(context, "context is null");
    this.site = requireNonNull(site, "site is null");
    this.err = requireNonNull(err, "err is null");
    this.planOption = requireNonNull(planOption, "planOption is null");
  }

  /**
   * Refuses to go on without both passwords.
   *
   * @param doing what needs them, in the words of an error message
   * @throws MigrationException {@code SECRET_NOT_SET} if one is missing
   */
  void requireSecrets(DeployedStack stack, String doing) {
    MigrationPlan plan = site.plan();
    requireSecret(stack, StackOutput.TARGET_SECRET_ARN, "target", doing);
    if (plan.source().managedSecretArn().isEmpty()) {
      requireSecret(stack, StackOutput.SOURCE_SECRET_ARN, "source", doing);
    }
  }

  private void requireSecret(DeployedStack stack, StackOutput output, String side, String doing) {
    SecretStore secrets = site.account().secrets();
    if (!secrets.filled(stack.output(output)).orElse(true)) {
      throw new MigrationException(
          ErrorCode.SECRET_NOT_SET,
          "%s: the %s's password is not set".formatted(doing, side),
          "tsferry secret set %s%s".formatted(side, planOption));
    }
  }

  /** Prepares the host if it isn't, pushes what it lacks, and runs {@code next} on it. */
  void start(DeployedStack stack, HostShell shell, HostPoll there, Path planFile, HostScript next) {
    MigrationPlan plan = site.plan();
    if (!there.prepared().equals(HostPreparation.fingerprint(plan))) {
      site.preparation(shell).prepare(plan, line -> Lines.print(err, "host: " + line));
    }
    site.push(stack, shell).push(context.runnerJar(), planFile, there, next);
  }
}
