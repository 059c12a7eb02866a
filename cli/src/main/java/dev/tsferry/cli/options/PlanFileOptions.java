package dev.tsferry.cli.options;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the plan is. */
public final class PlanFileOptions {
  @Option(
      names = {"-f", "--plan"},
      paramLabel = "FILE",
      defaultValue = MigrationPlan.DEFAULT_FILE,
      description = "The plan (default: ${DEFAULT-VALUE}).")
  private Path file;

  /** The plan's file. */
  public Path file() {
    return file;
  }

  /**
   * Reads the plan.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException if it is missing or wrong
   */
  public MigrationPlan read() {
    return PlanFile.read(file);
  }

  /** The option as it must be repeated in a command that is shown to the user, or nothing. */
  public String repeated() {
    return file.equals(Path.of(MigrationPlan.DEFAULT_FILE)) ? "" : " --plan " + file;
  }
}
