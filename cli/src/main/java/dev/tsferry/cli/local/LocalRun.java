package dev.tsferry.cli.local;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.RunEventListener;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A run in this process, with its files in one directory and its passwords on tmpfs. */
public final class LocalRun implements AutoCloseable {
  private final LocalRequest local;
  private final RunRequest request;
  private final MigrationRun run;

  private LocalRun(LocalRequest local, MigrationRun run) {
    this.local = requireNonNull(local, "local is null");
    this.request = local.request();
    this.run = requireNonNull(run, "run is null");
  }

  /**
   * Gets a run ready.
   *
   * @param rehearsal whether writes to the source are reported instead of failing the run
   * @param environment with {@code SOURCE} and {@code TARGET}
   * @throws MigrationException {@code BAD_ARGUMENT} if they are not understood, {@code
   *     TOOL_MISSING} if there is no pg_dump
   */
  public static LocalRun of(
      LocalOptions options,
      boolean rehearsal,
      Map<String, String> environment,
      RunEventListener listener) {
    LocalRequest local = LocalRequest.of(options, rehearsal, environment);
    local.makeDirectories();
    return new LocalRun(local, new MigrationRun(local.request(), local.passwords(), listener));
  }

  /** Runs to the end. */
  public ExitCode run() {
    return run.run();
  }

  /** Asks the run to end early. */
  public void cancel() {
    run.cancel();
  }

  public String name() {
    return request.name();
  }

  public Path stateDirectory() {
    return request.stateDirectory();
  }

  /** The report, if the run came so far as to write one. */
  public Optional<MigrationReport> report() {
    Path file = request.stateDirectory().resolve("report.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.lenient().readValue(file.toFile(), MigrationReport.class));
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.INTERNAL, "reading the report %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Removes the password files. */
  @Override
  public void close() {
    local.close();
  }
}
