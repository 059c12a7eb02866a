package dev.tsferry.cli.options;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is carried and how, for a plan and for a run without one. */
public final class CarryOptions {
  private static final int MOST_JOBS = 64;

  @Option(
      names = "--data-mode",
      paramLabel = "dump|stream",
      converter = DataModeConverter.class,
      description =
          "dump: through files, the guide's way. stream: from server to server, faster, every row digested (default: stream).")
  private DataMode dataMode;

  @Option(
      names = "--verify",
      paramLabel = "full|counts|estimates|none",
      converter = VerifyLevelConverter.class,
      description =
          "How closely to compare rows at the end: each by digests (data mode stream only), counted, by the servers' estimates, or not at all (default: full; counts with data mode dump).")
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
          "Dump and load so many tables at a time (default: 1). The dump then takes twice the room for a while. Data mode stream: copy so many slices of tables at a time (default: by processors).")
  private Integer jobs;

  @Option(
      names = "--max-rate",
      paramLabel = "MB/S",
      description = "Data mode stream: copy no more bytes of rows a second (default: no limit).")
  private Integer maxRate;

  @Option(
      names = "--max-snapshot-age",
      paramLabel = "MINUTES",
      description =
          "Data mode stream: end the run when the source's snapshot is so old; the next goes on in a new one (default: no limit).")
  private Integer maxSnapshotAge;

  @Option(
      names = "--lock-wait",
      paramLabel = "SECONDS",
      description =
          "Give the dump up when a table stays locked by somebody else for so long (default: 60).")
  private Integer lockWait;

  /**
   * Which way the rows take.
   *
   * @param base what holds where nothing is said here
   */
  public DataMode dataMode(Optional<Pipeline> base) {
    return dataMode == null ? base.map(Pipeline::dataMode).orElse(DataMode.DEFAULT) : dataMode;
  }

  /**
   * How many tables at a time.
   *
   * @param base what holds where nothing is said here
   * @throws MigrationException {@code BAD_ARGUMENT} with all that {@link #applyTo} refuses
   */
  public int jobs(Optional<Pipeline> base) {
    requireSense(dataMode(base) == DataMode.STREAM);
    return jobs(base.map(Pipeline::transfer).orElse(Transfer.DEFAULT).jobs());
  }

  private int jobs(int otherwise) {
    return jobs == null ? otherwise : jobs;
  }

  private Optional<String> wrongJobs() {
    return jobs != null && (jobs < 1 || jobs > MOST_JOBS)
        ? Optional.of("--jobs is %d, not 1 to %d".formatted(jobs, MOST_JOBS))
        : Optional.empty();
  }

  /**
   * {@code pipeline} with what these options say; what they don't say stays.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} with every number that is out of range and
   *     every option that the data mode has not
   */
  public Pipeline applyTo(Pipeline pipeline) {
    Transfer transfer = pipeline.transfer();
    DataMode mode = dataMode(Optional.of(pipeline));
    boolean streams = mode == DataMode.STREAM;
    requireSense(streams);
    return new Pipeline(
        mode,
        pipeline.hypertables(),
        pipeline.roles() && !noRoles,
        skipExtensions.isEmpty() ? pipeline.skipExtensions() : List.copyOf(skipExtensions),
        level(pipeline, mode),
        pipeline.clientMajor(),
        pipeline.acknowledgeSize() || acknowledgeSize,
        pipeline.moveTargetTimescaledb(),
        pipeline.quiesce(),
        new Transfer(
            streams ? Transfer.DEFAULT.jobs() : jobs(transfer.jobs()),
            lockWait == null ? transfer.lockWaitSeconds() : lockWait),
        streams ? limits(pipeline.stream()) : null);
  }

  private void requireSense(boolean streams) {
    List<String> wrong = new ArrayList<>();
    wrongJobs().ifPresent(wrong::add);
    wrongLimit("--max-rate", maxRate, "a megabyte a second", streams).ifPresent(wrong::add);
    wrongLimit("--max-snapshot-age", maxSnapshotAge, "a minute", streams).ifPresent(wrong::add);
    wrongLimit("--lock-wait", lockWait, "a second", true).ifPresent(wrong::add);
    if (verify == VerifyLevel.FULL && !streams) {
      wrong.add("--verify full needs --data-mode stream, which digests rows");
    }
    if (!wrong.isEmpty()) {
      throw new MigrationException(ErrorCode.BAD_ARGUMENT, String.join("; ", wrong));
    }
  }

  private static Optional<String> wrongLimit(
      String option, Integer value, String least, boolean allowed) {
    if (value == null || (value >= 1 && allowed)) {
      return Optional.empty();
    }
    return Optional.of(
        allowed
            ? "%s is %d, less than %s".formatted(option, value, least)
            : option + " needs --data-mode stream");
  }

  private VerifyLevel level(Pipeline pipeline, DataMode mode) {
    if (verify != null || mode == pipeline.dataMode()) {
      return verify == null ? pipeline.verify() : verify;
    }
    return VerifyLevel.closest(mode);
  }

  private Stream limits(Stream before) {
    if (jobs == null && maxRate == null && maxSnapshotAge == null) {
      return before;
    }
    Stream base = before == null ? Stream.DEFAULT : before;
    return new Stream(
        jobs(base.jobs()),
        base.sliceMegabytes(),
        maxRate == null ? base.maxMegabytesPerSecond() : maxRate,
        maxSnapshotAge == null ? base.maxSnapshotMinutes() : maxSnapshotAge);
  }
}
