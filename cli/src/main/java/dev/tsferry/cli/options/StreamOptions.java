package dev.tsferry.cli.options;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import picocli.CommandLine.Option;

/** Which way the rows take, and how much of the servers that may cost. */
final class StreamOptions {
  private static final int MOST_JOBS = 64;

  @Option(
      names = "--data-mode",
      paramLabel = "dump|stream",
      converter = DataModeConverter.class,
      description =
          "dump: through files, the source is free early. stream: from server to server, faster, every row digested (default: dump).")
  private DataMode dataMode = DataMode.DUMP;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Data mode stream: how many slices of tables are copied at a time (default: by processors).")
  private int jobs;

  @Option(
      names = "--max-rate",
      paramLabel = "MB/S",
      description = "Data mode stream: most bytes of rows a second (default: no limit).")
  private int maxRate;

  DataMode dataMode() {
    return dataMode;
  }

  /** The limits, or null where none is given. */
  Stream stream() {
    if (jobs == 0 && maxRate == 0) {
      return null;
    }
    if (dataMode != DataMode.STREAM) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--jobs and --max-rate need --data-mode stream");
    }
    if (jobs < 0 || jobs > MOST_JOBS || maxRate < 0) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--jobs is 1 to %d, --max-rate 1 or more".formatted(MOST_JOBS));
    }
    return new Stream(jobs, 0, maxRate);
  }
}
