package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.host.HostTask;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.check.TaskAnswer;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/** A short task of the runner on the host, from pushing it to its answer. */
final class RemoteTask {
  static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long NO_EVENTS = Long.MAX_VALUE / 2;

  private final CommandContext context;
  private final RemoteSite site;
  private final PrintWriter err;
  private final String planOption;
  private Duration patience = PATIENCE;

  RemoteTask(CommandContext context, RemoteSite site, PrintWriter err, String planOption) {
    this.context = requireNonNull(context, "context is null");
    this.site = requireNonNull(site, "site is null");
    this.err = requireNonNull(err, "err is null");
    this.planOption = requireNonNull(planOption, "planOption is null");
  }

  /** The same, waited for as long as that. */
  RemoteTask within(Duration longest) {
    patience = longest;
    return this;
  }

  /**
   * Runs the task.
   *
   * @param doing in the words of an error message
   * @param task the runner's subcommand
   * @param option of the subcommand, or empty
   * @param whileRunning whether it may be done while a run is active
   * @throws MigrationException with the task's own failure, {@code RUN_ACTIVE} if a run is active
   */
  TaskAnswer run(String doing, String task, String option, boolean whileRunning, Path planFile) {
    DeployedStack stack = site.stack().require();
    RunnerStart start = new RunnerStart(context, site, err, planOption);
    start.requireSecrets(stack, doing);
    site.readiness().await(stack.output(StackOutput.INSTANCE_ID), line -> Lines.print(err, line));
    HostShell shell = site.shell(stack);
    HostPoll there = new HostRun(shell).poll(NO_EVENTS);
    if (there.active() && !whileRunning) {
      throw new MigrationException(
          ErrorCode.RUN_ACTIVE,
          "%s: a run is active on the host".formatted(doing),
          "tsferry cancel" + planOption,
          "tsferry follow" + planOption);
    }
    start.start(
        stack,
        shell,
        there,
        planFile,
        HostTask.starting(
            site.plan().region(),
            stack.output(StackOutput.SOURCE_SECRET_ARN),
            stack.output(StackOutput.TARGET_SECRET_ARN),
            task,
            option));
    return new HostTask(shell, context.pacer()).await(doing, patience);
  }
}
