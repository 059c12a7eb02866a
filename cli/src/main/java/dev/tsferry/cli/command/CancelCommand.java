package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tsferry cancel}: ends the run gracefully. */
@Command(
    name = "cancel",
    sortOptions = false,
    description = "End the run gracefully; \"tsferry run\" takes it up again.")
public final class CancelCommand implements Callable<Integer> {
  @Mixin private PlanFileOptions planFile;
  @Spec private CommandSpec spec;

  private final CommandContext context;

  public CancelCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, spec.commandLine().getErr());
    HostShell shell = site.shell(site.stack().require());
    if (!new HostRun(shell).cancel()) {
      throw new MigrationException(
          ErrorCode.RUN_NOT_FOUND,
          "cancelling the run: none is active on the host " + shell.host().instanceId(),
          "tsferry status" + planFile.repeated());
    }
    out.println("the run was asked to end; it has a minute to do so");
    out.println("next: tsferry status" + planFile.repeated());
    return ExitCode.DONE.code();
  }
}
