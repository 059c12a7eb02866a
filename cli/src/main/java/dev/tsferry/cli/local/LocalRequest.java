package dev.tsferry.cli.local;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.RunRequest;
import dev.tsferry.runner.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;

/**
 * What the command line and the environment ask of the runner in this process, with a private
 * directory for its password files that goes when this is closed.
 */
public record LocalRequest(RunRequest request, PasswordSource passwords) implements AutoCloseable {
  public LocalRequest {
    requireNonNull(request, "request is null");
    requireNonNull(passwords, "passwords is null");
  }

  /**
   * Reads options and environment.
   *
   * @param environment with {@code SOURCE} and {@code TARGET}
   * @throws MigrationException {@code BAD_ARGUMENT} if they are not understood, {@code
   *     TOOL_MISSING} if there is no pg_dump
   */
  public static LocalRequest of(
      LocalOptions options, boolean rehearsal, Map<String, String> environment) {
    LocalDatabases databases = LocalDatabases.of(environment);
    LocalDatabase source = databases.source();
    LocalDatabase target = databases.target();
    String name = options.name().orElseGet(() -> nameFrom(source.address().database()));
    Path state = options.state().orElse(Path.of(".tsferry", name)).toAbsolutePath();
    RunRequest request =
        new RunRequest(
            name,
            source.address(),
            target.address(),
            pipeline(options, databases, environment),
            state,
            state.resolve("dump"),
            RuntimeDirectory.make(environment));
    return new LocalRequest(
        request.with(rehearsal), passwords(source.password(), target.password()));
  }

  private static Pipeline pipeline(
      LocalOptions options, LocalDatabases databases, Map<String, String> environment) {
    int clientMajor =
        options
            .clientMajor()
            .orElseGet(
                () ->
                    ClientChoice.major(
                        InstalledClients.majors(environment.getOrDefault("PATH", "")),
                        () -> ServerVersion.major(databases.source()),
                        () -> ServerVersion.major(databases.target())));
    Pipeline plain =
        new Pipeline(
            DataMode.DEFAULT,
            options.hypertables(),
            true,
            VerifyLevel.closest(DataMode.DEFAULT),
            clientMajor,
            false,
            options.moveTargetTimescaledb());
    return options.carry().applyTo(plain.with(options.quiesce()));
  }

  /** Makes the directories for state and dump; what only looks needs none. */
  public void makeDirectories() {
    privately(request.stateDirectory());
    privately(request.dumpDirectory());
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

  private static void privately(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "making the directory %s: %s".formatted(directory, e.getMessage()),
          e,
          "choose another with --state");
    }
  }
}
