package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.command.RunFollowing.Format;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry follow}: picks up a run that goes on, from any machine. */
@Command(
    name = "follow",
    sortOptions = false,
    description =
        "Follow the run to its end, from its first event on; Ctrl-C only stops following.")
public final class FollowCommand implements Callable<Integer> {
  @Mixin private PlanFileOptions planFile;

  @Option(
      names = "--json",
      description = "Print each event as one line of JSON; the report only goes to its file.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public FollowCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    HostShell shell = site.shell(site.stack().require());
    if (site.polls(shell).poll(Long.MAX_VALUE / 2).state().isEmpty()) {
      throw noRun(planFile.repeated());
    }
    return new RunFollowing(context, site, spec.commandLine().getOut(), err, planFile.repeated())
        .as(json ? Format.JSON : Format.TEXT)
        .follow(shell, 0, 0, planFile.file());
  }

  static MigrationException noRun(String planOption) {
    return new MigrationException(
        ErrorCode.RUN_NOT_FOUND,
        "looking for the run: none was started on the host",
        "tsferry run" + planOption);
  }
}
