package dev.tsferry.cli.options;

import dev.tsferry.cli.discovery.DiscoveryRequest;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a plan is made of: the source, the target, the hypertables, the host's place. */
public final class PlanningOptions {

  @ArgGroup(exclusive = false, validate = false, heading = "%nSource:%n", order = 1)
  private SourceOptions source = new SourceOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nTarget:%n", order = 2)
  private TargetOptions target = new TargetOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nPipeline:%n", order = 3)
  private PipelineOptions pipeline = new PipelineOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nHost and account:%n", order = 4)
  private HostOptions host = new HostOptions();

  static final class PipelineOptions {
    @Option(
        names = "--hypertable",
        paramLabel = "SCHEMA.TABLE:COLUMN[:INTERVAL]",
        converter = HypertableConverter.class,
        description =
            "Make this table a hypertable on the target, for example 'public.metrics:time:7 days'. Repeatable.")
    private List<Hypertable> hypertables = new ArrayList<>();
  }

  /**
   * The region that was asked for.
   *
   * @param base the plan that is brought up to date, whose region it stays
   */
  public Optional<String> region(Optional<MigrationPlan> base) {
    return Optional.ofNullable(host.region()).or(() -> base.map(MigrationPlan::region));
  }

  /** Whether hypertables were named. */
  public boolean namesHypertables() {
    return !pipeline.hypertables.isEmpty();
  }

  /** Whether the instance type was named. */
  public boolean namesInstanceType() {
    return host.namesInstanceType();
  }

  /**
   * The request that these options make.
   *
   * @param base the plan that is brought up to date, which says what is not said here
   * @param dataMode which way the rows take
   * @param jobs tables that are dumped and loaded at a time
   * @param asked whether somebody can be asked which source is meant
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if a certificate file
   *     cannot be used, or a name is not allowed
   */
  public DiscoveryRequest request(
      Optional<MigrationPlan> base, boolean asked, DataMode dataMode, int jobs) {
    requireGiven(base, asked);
    OptionChecks.name(host.name());
    return new DiscoveryRequest(
        source.request(base.map(MigrationPlan::source)),
        target.address(base.map(MigrationPlan::target)),
        host.request(base.map(MigrationPlan::host), dataMode, jobs),
        Optional.ofNullable(host.name()).or(() -> base.map(MigrationPlan::name)),
        pipeline.hypertables);
  }

  // picocli does not enforce required options in groups that only serve as headings.
  private void requireGiven(Optional<MigrationPlan> base, boolean asked) {
    List<String> missing = new ArrayList<>();
    if (!source.named() && base.isEmpty() && !asked) {
      missing.add("--rds NAME (or --source HOST:PORT/DATABASE)");
    }
    missing.addAll(target.missing(base.map(MigrationPlan::target)));
    if (!missing.isEmpty()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "planning: missing " + String.join(", ", missing));
    }
  }
}
