package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tsferry extend}: moves the moment at which the host ends itself. */
@Command(
    name = "extend",
    sortOptions = false,
    description = {
      "Move the moment at which the host ends itself to HOURS from now.",
      "It never does so while a run is active; the plan's host.timeToLiveHours says when it first would."
    })
public final class ExtendCommand implements Callable<Integer> {
  private static final int MOST_HOURS = 720;

  @Parameters(paramLabel = "HOURS", description = "1 to 720.")
  private int hours;

  @Mixin private PlanFileOptions planFile;
  @Spec private CommandSpec spec;

  private final CommandContext context;

  public ExtendCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    if (hours < 1 || hours > MOST_HOURS) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "extending the time to live: %d hours, must be 1 to %d".formatted(hours, MOST_HOURS));
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    DeployedStack stack = site.stack().require();
    site.readiness().await(stack.output(StackOutput.INSTANCE_ID), line -> Lines.print(err, line));
    Instant until = new HostRun(site.shell(stack)).extend(hours);
    out.printf("the host %s lives until %s%n", stack.output(StackOutput.INSTANCE_ID), until);
    return ExitCode.DONE.code();
  }
}
