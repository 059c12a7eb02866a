package dev.tsferry.runner.step;

import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.util.Optional;

/**
 * A load that needs TimescaleDB's restore mode where the source is TimescaleDB: on just before it,
 * off on every way out of it, so that no other step and nobody else meets a database in it. What a
 * killed run leaves on, the next one's preflight switches off.
 */
final class RestoringStep implements Step {
  private final Workspace workspace;
  private final Step load;

  RestoringStep(Workspace workspace, Step load) {
    this.workspace = workspace;
    this.load = load;
  }

  @Override
  public String id() {
    return load.id();
  }

  @Override
  public String title() {
    return load.title();
  }

  @Override
  public Optional<String> skip() {
    return load.skip();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    if (workspace.guide() != Guide.TIMESCALEDB) {
      return load.run(context);
    }
    return workspace.restoreMode().<String, IOException>during(() -> load.run(context));
  }
}
