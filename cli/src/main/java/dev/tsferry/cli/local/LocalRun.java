package dev.tsferry.cli.local;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.RunEventListener;
import dev.tsferry.runner.RunRequest;
import dev.tsferry.runner.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A run in this process, with its files in one directory and its passwords on tmpfs. */
public final class LocalRun implements AutoCloseable {
  private final RunRequest request;
  private final MigrationRun run;

  private LocalRun(RunRequest request, MigrationRun run) {
    this.request = requireNonNull(request, "request is null");
    this.run = requireNonNull(run, "run is null");
  }

  /**
   * Gets a run ready.
   *
   * @param environment with {@code SOURCE} and {@code TARGET}
   * @throws MigrationException {@code BAD_ARGUMENT} if they are not understood, {@code
   *     TOOL_MISSING} if there is no pg_dump
   */
  public static LocalRun of(
      LocalOptions options, Map<String, String> environment, RunEventListener listener) {
    LocalDatabases databases = LocalDatabases.of(environment);
    LocalDatabase source = databases.source();
    LocalDatabase target = databases.target();
    String name = options.name().orElseGet(() -> nameFrom(source.address().database()));
    Path state = options.state().orElse(Path.of(".tsferry", name)).toAbsolutePath();
    int clientMajor =
        options
            .clientMajor()
            .orElseGet(
                () ->
                    ClientChoice.major(
                        InstalledClients.majors(environment.getOrDefault("PATH", "")),
                        () -> ServerVersion.major(source),
                        () -> ServerVersion.major(target)));
    Pipeline pipeline =
        new Pipeline(
            DataMode.DUMP,
            options.hypertables(),
            options.roles(),
            options.verify(),
            clientMajor,
            options.acknowledgeSize(),
            options.moveTargetTimescaledb());
    RunRequest request =
        new RunRequest(
            name,
            source.address(),
            target.address(),
            pipeline,
            privately(state),
            privately(state.resolve("dump")),
            RuntimeDirectory.make(environment));
    return new LocalRun(
        request,
        new MigrationRun(request, passwords(source.password(), target.password()), listener));
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
    RuntimeDirectory.delete(request.runtimeDirectory());
  }

  static PasswordSource passwords(Secret source, Secret target) {
    return new PasswordSource() {
      @Override
      public Secret source() {
        return source;
      }

      @Override
      public Secret target() {
        return target;
      }
    };
  }

  private static String nameFrom(String database) {
    String name =
        database
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[-0-9]+|-+$", "");
    return name.isEmpty() ? "local" : name;
  }

  private static Path privately(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return directory;
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "making the directory %s: %s".formatted(directory, e.getMessage()),
          e,
          "choose another with --state");
    }
  }
}
