package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.discovery.Discovered;
import dev.tsferry.cli.discovery.DiscoveryRequest;
import dev.tsferry.cli.discovery.PlanDiscovery;
import dev.tsferry.cli.options.CarryOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.options.PlanningOptions;
import dev.tsferry.cli.render.PlanSummary;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "Example:",
      "  tsferry plan --rds orders-db --target-host abc.tsdb.cloud.timescale.com --target-port 31000 \\",
      "    --hypertable 'public.metrics:time:7 days'"
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

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public PlanCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Discovered discovered = discover(context, planning, carry);
    PlanSummary.print(out, discovered.plan(), discovered.warnings());
    out.println();
    if (dryRun) {
      out.println("nothing written (--dry-run)");
    } else {
      out.println(write(discovered.plan(), planFile.file(), force));
      out.println("next: tsferry up" + planFile.repeated());
    }
    return ExitCode.DONE.code();
  }

  static Discovered discover(CommandContext context, PlanningOptions planning, CarryOptions carry) {
    DiscoveryRequest request = planning.request();
    AwsAccount account = context.accounts().open(planning.region());
    Discovered discovered =
        new PlanDiscovery(
                account.identity(),
                account.databases(),
                account.network(),
                account.images(),
                account.storage())
            .discover(request);
    MigrationPlan plan = discovered.plan();
    return new Discovered(plan.with(carry.applyTo(plan.pipeline())), discovered.warnings());
  }

  /** Writes the plan unless a different one is there, and says what it did. */
  static String write(MigrationPlan plan, Path file, boolean force) {
    if (Files.exists(file)) {
      if (sameText(plan, file)) {
        return file + " is already this plan";
      }
      if (!force) {
        throw new MigrationException(
            ErrorCode.FILE_EXISTS,
            "writing the plan %s: a different one is there".formatted(file),
            "add --force to replace it, or --plan FILE to write another");
      }
    }
    PlanFile.write(plan, file);
    return "wrote " + file;
  }

  private static boolean sameText(MigrationPlan plan, Path file) {
    try {
      return Files.readString(file).equals(PlanFile.text(plan));
    } catch (IOException e) {
      return false;
    }
  }
}
