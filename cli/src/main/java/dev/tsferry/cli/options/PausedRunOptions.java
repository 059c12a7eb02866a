package dev.tsferry.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which run is held: the plan's on its host, or one on this machine. */
public final class PausedRunOptions {
  @Mixin private PlanFileOptions planFile;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "A run on this machine (\"run --local\") by its state directory, .tsferry/NAME by default.")
  private Path state;

  public PlanFileOptions planFile() {
    return planFile;
  }

  /** The state directory of a run on this machine; empty for the plan's. */
  public Optional<Path> state() {
    return Optional.ofNullable(state);
  }
}
