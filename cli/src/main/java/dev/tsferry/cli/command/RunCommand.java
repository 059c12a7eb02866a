package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.local.LocalRequest;
import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.render.PreviewText;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.check.RunPreview;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.DryRun;
import java.io.IOException;
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

  @Option(names = "--yes", description = "Don't ask whether the application is stopped.")
  private boolean yes;

  @Option(
      names = "--dry-run",
      description =
          "Print every command and statement that the run would execute; write nothing to either database.")
  private boolean dryRun;

  @Option(names = "--json", description = "With --dry-run: print one JSON document.")
  private boolean json;

  @ArgGroup(exclusive = false, heading = "%nOn this machine:%n")
  private LocalOptions local;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public RunCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (dryRun) {
      return dryRun();
    }
    if (json) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--json is given without --dry-run",
          "a run writes its report as JSON, NAME-report.json");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    DowntimeQuestion downtime = new DowntimeQuestion(context.prompt(), yes || rehearsal);
    if (local != null && local.local()) {
      downtime.ask();
      return new LocalRunning(context, out, err).run(local, rehearsal);
    }
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    return new RemoteRun(context, site, out, err, planFile.repeated())
        .run(planFile.file(), detach, rehearsal, downtime);
  }

  private int dryRun() throws IOException, InterruptedException {
    boolean here = local != null && local.local();
    RunPreview preview = here ? previewHere() : previewThere();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(preview));
      out.flush();
    } else {
      PreviewText.print(out, preview, here);
    }
    return preview.check().exitCode().code();
  }

  private RunPreview previewHere() throws IOException, InterruptedException {
    try (LocalRequest request = LocalRequest.of(local, rehearsal, context.environment())) {
      return new DryRun(request.request(), request.passwords()).run();
    }
  }

  private RunPreview previewThere() {
    PrintWriter err = spec.commandLine().getErr();
    RemoteSite site = RemoteSite.open(context, planFile.read(), err);
    return new RemoteTask(context, site, err, planFile.repeated())
        .run("saying what a run would do", "dry-run", "", false, planFile.file())
        .preview();
  }
}
