package dev.tsferry.cli.options;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import picocli.CommandLine.Option;

/** What is carried and how, for a plan and for a run without one. */
public final class CarryOptions {
  private static final int MOST_JOBS = 64;

  @Option(
      names = "--data-mode",
      paramLabel = "dump|stream",
      converter = DataModeConverter.class,
      description =
          "dump: through files, the source is free early. stream: from server to server, faster, every row digested (default: dump).")
  private DataMode dataMode = DataMode.DUMP;

  @Option(
      names = "--verify",
      paramLabel = "full|counts|none",
      converter = VerifyLevelConverter.class,
      description =
          "How closely to compare at the end; full compares every row and needs data mode stream (default: full with stream, counts with dump).")
  private VerifyLevel verify;

  @Option(
      names = "--no-roles",
      description = "Leave the source's roles out, where only the default one is used.")
  private boolean noRoles;

  @Option(
      names = "--acknowledge-size",
      description = "A source of more than 400 GB was arranged with the target's support.")
  private boolean acknowledgeSize;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Dump and load so many tables at a time (default: 1). The dump then takes twice the room for a while. Data mode stream: copy so many slices of tables at a time (default: by processors).")
  private Integer jobs;

  @Option(
      names = "--max-rate",
      paramLabel = "MB/S",
      description = "Data mode stream: copy no more bytes of rows a second (default: no limit).")
  private Integer maxRate;

  @Option(
      names = "--lock-wait",
      paramLabel = "SECONDS",
      description =
          "Give the dump up when a table stays locked by somebody else for so long (default: 60).")
  private int lockWait = Transfer.DEFAULT.lockWaitSeconds();

  /**
   * {@code pipeline} with what these options say.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} if a number is out of range
   */
  public Pipeline applyTo(Pipeline pipeline) {
    boolean streams = dataMode == DataMode.STREAM;
    if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--jobs is %d, not 1 to %d".formatted(jobs, MOST_JOBS));
    }
    if (lockWait < 1) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--lock-wait is %d, less than a second".formatted(lockWait));
    }
    if (maxRate != null && (maxRate < 1 || !streams)) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          streams
              ? "--max-rate is %d, less than a megabyte a second".formatted(maxRate)
              : "--max-rate needs --data-mode stream");
    }
    return new Pipeline(
        dataMode,
        pipeline.hypertables(),
        !noRoles,
        level(streams),
        pipeline.clientMajor(),
        acknowledgeSize,
        pipeline.moveTargetTimescaledb(),
        pipeline.quiesce(),
        new Transfer(streams || jobs == null ? Transfer.DEFAULT.jobs() : jobs, lockWait),
        streams ? limits() : null);
  }

  private VerifyLevel level(boolean streams) {
    if (verify == null) {
      return streams ? VerifyLevel.FULL : VerifyLevel.COUNTS;
    }
    if (verify == VerifyLevel.FULL && !streams) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--verify full needs --data-mode stream, which digests rows");
    }
    return verify;
  }

  private Stream limits() {
    return jobs == null && maxRate == null
        ? null
        : new Stream(jobs == null ? 0 : jobs, 0, maxRate == null ? 0 : maxRate);
  }
}
