package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.MigrationPlan;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry run}: carries the database, on the host or, with {@code --local}, here. */
@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Carry the database: start the run on the host (or join the one that is active) and follow it.",
      "A run that failed or died is taken up again. Ctrl-C only stops following."
    },
    footer = {
      "",
      "Without AWS:",
      "  export SOURCE='postgres://user:password@host:5432/database'",
      "  export TARGET='postgres://tsdbadmin:password@host:31000/tsdb?sslmode=require'",
      "  tsferry run --local --hypertable 'public.metrics:time'"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private PlanFileOptions planFile;

  @Option(names = "--detach", description = "Return once the run is started.")
  private boolean detach;

  @Option(
      names = "--rehearsal",
      description = "Report writes to the source instead of failing because of them.")
  private boolean rehearsal;

  @ArgGroup(exclusive = false, heading = "%nOn this machine:%n")
  private LocalOptions local;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public RunCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (local != null && local.local()) {
      return new LocalRunning(context, out, err).run(local, rehearsal);
    }
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    return new RemoteRun(context, site, out, err, planFile.repeated())
        .run(planFile.file(), detach, rehearsal);
  }
}
