package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tsferry up}: deploys the stack and prepares the host. */
@Command(
    name = "up",
    sortOptions = false,
    description = "Deploy the migration host's stack (cdk deploy) and prepare the host.")
public final class UpCommand implements Callable<Integer> {
  private static final long NO_EVENTS = Long.MAX_VALUE / 2;

  @Mixin private PlanFileOptions planFile;
  @Spec private CommandSpec spec;

  private final CommandContext context;

  public UpCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    DeployedStack stack = deploy(site, planFile.file(), err);
    out.printf(
        "stack %s is up, host %s is ready%n", stack.name(), stack.output(StackOutput.INSTANCE_ID));
    if (plan.source().managedSecretArn().isEmpty()) {
      out.println("next: tsferry secret set source" + planFile.repeated());
    }
    out.println("next: tsferry secret set target" + planFile.repeated());
    return ExitCode.DONE.code();
  }

  static DeployedStack deploy(RemoteSite site, Path planFile, PrintWriter err) {
    if (runIsActive(site)) {
      Lines.print(err, "a run is active on the host: its stack is left as it is");
      return site.stack().require();
    }
    // A host that is there already has proved its subnet, which may be full now.
    if (site.stack().find().isEmpty()) {
      SubnetCheck.require(site.account(), site.plan(), line -> Lines.print(err, line));
    }
    site.stack().deploy(planFile, line -> Lines.print(err, line));
    DeployedStack stack = site.stack().require();
    site.readiness().await(stack.output(StackOutput.INSTANCE_ID), line -> Lines.print(err, line));
    HostShell shell = site.shell(stack);
    site.preparation(shell).prepare(site.plan(), line -> Lines.print(err, "host: " + line));
    return stack;
  }

  // What the plan's host part changes may replace the host; its run would go with it.
  private static boolean runIsActive(RemoteSite site) {
    return site.stack()
        .find()
        .filter(DeployedStack::usable)
        .filter(stack -> site.readiness().online(stack.output(StackOutput.INSTANCE_ID)))
        .filter(stack -> new HostRun(site.shell(stack)).poll(NO_EVENTS).active())
        .isPresent();
  }
}
