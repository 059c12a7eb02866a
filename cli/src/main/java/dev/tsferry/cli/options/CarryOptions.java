package dev.tsferry.cli.options;

import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import picocli.CommandLine.Option;

/** What is carried and how, for a plan and for a run without one. */
public final class CarryOptions {
  private static final int MOST_JOBS = 64;

  @Option(
      names = "--verify",
      paramLabel = "counts|estimates|none",
      converter = VerifyLevelConverter.class,
      description =
          "How closely to compare rows at the end: counted, by the servers' estimates, or not at all (default: counts).")
  private VerifyLevel verify;

  @Option(
      names = "--no-roles",
      description = "Leave the source's roles out, where only the default one is used.")
  private boolean noRoles;

  @Option(
      names = "--skip-extension",
      paramLabel = "NAME",
      description =
          "Leave out an extension of the source, and what can't be made without it; repeat it for more.")
  private List<String> skipExtensions = List.of();

  @Option(
      names = "--acknowledge-size",
      description = "A source of more than 400 GB was arranged with the target's support.")
  private boolean acknowledgeSize;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Dump and load so many tables at a time (default: 1). The dump then takes twice the room for a while.")
  private Integer jobs;

  @Option(
      names = "--lock-wait",
      paramLabel = "SECONDS",
      description =
          "Give the dump up when a table stays locked by somebody else for so long (default: 60).")
  private Integer lockWait;

  /**
   * How many tables at a time.
   *
   * @param otherwise where nothing is said here
   * @throws MigrationException {@code BAD_ARGUMENT} if the number is out of range
   */
  public int jobs(int otherwise) {
    if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--jobs is %d, not 1 to %d".formatted(jobs, MOST_JOBS));
    }
    return jobs == null ? otherwise : jobs;
  }

  /**
   * {@code pipeline} with what these options say; what they don't say stays.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} if a number is out of range
   */
  public Pipeline applyTo(Pipeline pipeline) {
    if (lockWait != null && lockWait < 1) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--lock-wait is %d, less than a second".formatted(lockWait));
    }
    Transfer transfer = pipeline.transfer();
    return new Pipeline(
        pipeline.dataMode(),
        pipeline.hypertables(),
        pipeline.roles() && !noRoles,
        skipExtensions.isEmpty() ? pipeline.skipExtensions() : List.copyOf(skipExtensions),
        verify == null ? pipeline.verify() : verify,
        pipeline.clientMajor(),
        pipeline.acknowledgeSize() || acknowledgeSize,
        pipeline.moveTargetTimescaledb(),
        pipeline.quiesce(),
        new Transfer(
            jobs(transfer.jobs()), lockWait == null ? transfer.lockWaitSeconds() : lockWait));
  }
}
