package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.local.LocalRequest;
import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.render.CheckText;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.DatabaseCheck;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry check}: looks at both databases where they can be reached, and writes nothing. */
@Command(
    name = "check",
    sortOptions = false,
    description = {
      "Look at both databases, from the host or, with --local, from here; write nothing to them.",
      "Exit code 0 without an error among the findings, else that of the worst."
    },
    footer = {
      "",
      "Example:",
      "  tsferry check",
      "  tsferry check --accept        # writes the proposed hypertables into the plan"
    })
public final class CheckCommand implements Callable<Integer> {
  @Mixin private PlanFileOptions planFile;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Option(
      names = "--accept",
      description = "Write the proposal into the plan's pipeline part; the stack is not concerned.")
  private boolean accept;

  @ArgGroup(exclusive = false, heading = "%nOn this machine:%n")
  private LocalOptions local;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public CheckCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean here = local != null && local.local();
    if (here && accept) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--accept is given, but with --local there is no plan to write to",
          "give \"tsferry run --local\" the options that the check proposes");
    }
    CheckReport report = here ? checkHere() : checkThere();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(text(report));
    } else {
      CheckText.print(out, report, here);
    }
    if (accept) {
      accept(report);
    }
    return report.exitCode().code();
  }

  private CheckReport checkHere() throws InterruptedException {
    try (LocalRequest request = LocalRequest.of(local, false, context.environment())) {
      return new DatabaseCheck(request.request(), request.passwords()).run();
    }
  }

  private CheckReport checkThere() {
    PrintWriter err = spec.commandLine().getErr();
    RemoteSite site = RemoteSite.open(context, planFile.read(), err);
    return new RemoteTask(context, site, err, planFile.repeated())
        .run("checking both databases", "check", "", true, planFile.file())
        .check();
  }

  private void accept(CheckReport report) {
    PrintWriter err = spec.commandLine().getErr();
    MigrationPlan plan = planFile.read();
    if (report.proposal() == null) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "accepting the proposal: there is none, since not both databases could be looked at");
    }
    if (report.proposal().equals(plan.pipeline())) {
      err.println(planFile.file() + " is as proposed already");
    } else {
      PlanFile.write(plan.with(report.proposal()), planFile.file());
      err.println("wrote the proposal into " + planFile.file());
    }
    err.flush();
  }

  private static String text(CheckReport report) {
    try {
      return Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
