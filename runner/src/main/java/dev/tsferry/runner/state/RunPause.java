package dev.tsferry.runner.state;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds a run that copies rows from server to server for a while, for the sake of either server, by
 * an empty file {@code pause} in the run's directory that the runner looks for.
 */
public final class RunPause {
  static final String FILE = "pause";

  private final Path directory;

  /**
   * @param directory the run's state directory
   */
  public RunPause(Path directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /** Whether the run shall hold. */
  public boolean isOn() {
    return Files.exists(file());
  }

  /**
   * Holds the run, or lets it go on.
   *
   * @throws MigrationException {@code RUN_NOT_FOUND} if no run is active in the directory
   */
  public void turn(boolean on) {
    try {
      requireRun(on ? "pausing the run in " : "letting the run go on in ");
      if (!on) {
        Files.deleteIfExists(file());
      } else if (!isOn()) {
        Files.createFile(file());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file(), e);
    }
  }

  private Path file() {
    return directory.resolve(FILE);
  }

  private void requireRun(String what) throws IOException {
    String doing = what + directory + ": ";
    if (!Files.isDirectory(directory)) {
      throw new MigrationException(
          ErrorCode.RUN_NOT_FOUND,
          doing + "there is no such directory",
          "give the directory that \"tsferry run --local\" was given, .tsferry/NAME by default");
    }
    try (RunDirectory held = RunDirectory.open(directory)) {
      throw new MigrationException(
          ErrorCode.RUN_NOT_FOUND,
          doing + "none is active" + held.readState().map(RunPause::ended).orElse(""));
    } catch (MigrationException e) {
      if (e.code() != ErrorCode.RUN_ACTIVE) {
        throw e;
      }
    }
  }

  private static String ended(RunState state) {
    return "; the last one " + state.status().afterwards();
  }
}
