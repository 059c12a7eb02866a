package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.Discovered;
import dev.tsferry.cli.discovery.PlanChange;
import dev.tsferry.cli.discovery.PlanUpdate;
import dev.tsferry.cli.options.CarryOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.options.PlanningOptions;
import dev.tsferry.cli.render.PlanChangeText;
import dev.tsferry.cli.render.PlanDocument;
import dev.tsferry.cli.render.PlanSummary;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry plan}: looks at the source through AWS and writes the plan. Changes nothing. */
@Command(
    name = "plan",
    sortOptions = false,
    description = "Look at the source through AWS and write the plan; change nothing.",
    footer = {
      "",
      "Examples:",
      "  tsferry plan --rds orders-db --target-host abc.tsdb.cloud.timescale.com --target-port 31000 \\",
      "    --hypertable 'public.metrics:time:7 days'",
      "  tsferry plan --source 10.0.4.17:5432/metrics --source-kind timescaledb \\",
      "    --target-host abc.tsdb.cloud.timescale.com --target-port 31000",
      "  tsferry plan --update      # what has changed in AWS since; what you edited stays"
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin private PlanningOptions planning;
  @Mixin private PlanFileOptions planFile;

  @ArgGroup(exclusive = false, heading = "%nWhat is carried, and how:%n")
  private CarryOptions carry = new CarryOptions();

  @Option(names = "--dry-run", description = "Show the plan and write no file.")
  private boolean dryRun;

  @Option(names = "--force", description = "Replace a different plan in the same file.")
  private boolean force;

  @Option(
      names = "--update",
      description =
          "Look again and show how the plan's file differs from what AWS says now; write it after asking.")
  private boolean update;

  @Option(names = "--yes", description = "With --update: write without asking.")
  private boolean yes;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public PlanCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    if (update) {
      update(planFile.read());
    } else {
      create();
    }
    return ExitCode.DONE.code();
  }

  private void create() {
    PrintWriter err = spec.commandLine().getErr();
    Discovered discovered = new Planning(context).discover(planning, carry, Optional.empty());
    show(discovered, null);
    PrintWriter said = json ? err : spec.commandLine().getOut();
    if (dryRun) {
      said.println("nothing written (--dry-run)");
    } else {
      said.println(Planning.write(discovered.plan(), planFile.file(), force));
      said.println("next: tsferry up" + planFile.repeated());
    }
    said.flush();
  }

  private void show(Discovered discovered, List<PlanChange> changes) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlanDocument.of(discovered, changes).text());
    } else {
      PlanSummary.print(out, discovered);
      out.println();
    }
    out.flush();
  }

  private void update(MigrationPlan old) {
    PrintWriter err = spec.commandLine().getErr();
    Discovered fresh = new Planning(context).discover(planning, carry, Optional.of(old));
    if (!fresh.plan().account().equals(old.account())) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "bringing %s up to date: it is a plan for account %s, the credentials belong to %s"
              .formatted(planFile.file(), old.account(), fresh.plan().account()),
          "choose credentials of account %s, for example with AWS_PROFILE"
              .formatted(old.account()));
    }
    PlanUpdate updated =
        PlanUpdate.of(
            old,
            fresh.plan(),
            planning.namesHypertables(),
            planning.namesInstanceType(),
            carry::applyTo);
    show(
        new Discovered(updated.plan(), fresh.facts(), fresh.decisions(), fresh.warnings()),
        updated.changes());
    PrintWriter said = json ? err : spec.commandLine().getOut();
    PlanChangeText.print(said, updated);
    said.flush();
    if (updated.changes().isEmpty()) {
      said.println(planFile.file() + " is up to date");
    } else if (dryRun) {
      said.println("nothing written (--dry-run)");
    } else {
      confirm();
      PlanFile.write(updated.plan(), planFile.file());
      said.println("wrote " + planFile.file());
      said.println("next: tsferry up" + planFile.repeated());
    }
    said.flush();
  }

  private void confirm() {
    if (yes) {
      return;
    }
    if (!context.prompt().interactive()) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "bringing %s up to date: nobody is there to ask".formatted(planFile.file()),
          "add --yes to write it, or --dry-run to see the changes only");
    }
    String answer =
        context.prompt().line("Write these changes to %s? [y/N]".formatted(planFile.file()));
    if (!answer.strip().equalsIgnoreCase("y") && !answer.strip().equalsIgnoreCase("yes")) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "bringing %s up to date: not confirmed, nothing was written".formatted(planFile.file()));
    }
  }
}
