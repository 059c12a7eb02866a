package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry down}: removes everything and looks whether anything is left. */
@Command(
    name = "down",
    sortOptions = false,
    description =
        "Delete the stack (cdk destroy), then look whether anything is left in the account.")
public final class DownCommand implements Callable<Integer> {
  @Mixin private PlanFileOptions planFile;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  @Option(
      names = "--force",
      description = "Also while a run is active, or if the host cannot be asked.")
  private boolean force;

  @Option(names = "--check", description = "Only look whether anything is left.")
  private boolean check;

  @Option(
      names = "--bucket-only",
      description = "Only empty the push bucket, as \"cdk destroy\" needs it.")
  private boolean bucketOnly;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public DownCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    Teardown teardown = new Teardown(context, site, out, err, planFile.repeated());
    if (bucketOnly) {
      teardown.emptyBuckets();
      return ExitCode.DONE.code();
    }
    if (!check) {
      teardown.destroy(planFile.file(), yes, force);
    }
    return teardown.check(!check);
  }
}
