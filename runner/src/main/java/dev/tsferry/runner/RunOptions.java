package dev.tsferry.runner;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which migration it is, where its files are, and where its passwords come from. */
final class RunOptions {
  @Option(names = "--plan", required = true, description = "The migration's plan.")
  private Path plan;

  @Option(names = "--state", required = true, description = "Where events and state are written.")
  private Path state;

  @Option(names = "--dump", required = true, description = "Where dump files are written.")
  private Path dump;

  @Option(names = "--runtime", required = true, description = "Where password files are written.")
  private Path runtime;

  private RunOptions() {}

  Path state() {
    return state;
  }

  RunRequest request(boolean rehearsal) {
    MigrationPlan migration = PlanFile.read(plan);
    return new RunRequest(
        migration.name(),
        migration.source().address(),
        migration.target(),
        migration.pipeline(),
        state,
        dump,
        runtime,
        migration.source().kind(),
        rehearsal);
  }

  SecretPasswords passwords() {
    return SecretPasswords.ofEnvironment();
  }
}
