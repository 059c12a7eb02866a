package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.discovery.Directories;
import dev.tsferry.cli.discovery.Discovered;
import dev.tsferry.cli.discovery.DiscoveryRequest;
import dev.tsferry.cli.discovery.PlanDiscovery;
import dev.tsferry.cli.local.SqlProbe;
import dev.tsferry.cli.options.CarryOptions;
import dev.tsferry.cli.options.PlanningOptions;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Making a plan from options and writing it, for the commands that do so. */
final class Planning {
  private final CommandContext context;

  Planning(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Looks at the source and plans; asks where something is open and somebody is there.
   *
   * @param base the plan that is brought up to date, if one is
   */
  Discovered discover(PlanningOptions options, CarryOptions carry, Optional<MigrationPlan> base) {
    Optional<Pipeline> pipeline = base.map(MigrationPlan::pipeline);
    int jobs = carry.jobs(pipeline);
    DiscoveryRequest request =
        options.request(base, context.prompt().interactive(), carry.dataMode(pipeline), jobs);
    AwsAccount account = context.accounts().open(options.region(base));
    Directories directories =
        new Directories(
            account.identity(),
            account.databases(),
            account.storage(),
            account.network(),
            account.instanceTypes(),
            account.images(),
            context.names(),
            new SqlProbe(context.environment()));
    Discovered discovered =
        new PlanDiscovery(directories, Clock.systemUTC())
            .discover(request, new PromptQuestions(context.prompt()));
    MigrationPlan plan = discovered.plan().with(carry.applyTo(discovered.plan().pipeline()));
    PlanFile.check(plan);
    return new Discovered(plan, discovered.facts(), discovered.decisions(), discovered.warnings());
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
            "add --update to see the difference and bring it up to date, --force to replace it, or --plan FILE to write another");
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
