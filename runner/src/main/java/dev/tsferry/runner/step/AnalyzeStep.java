package dev.tsferry.runner.step;

import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.util.Optional;

/**
 * Gathers statistics, without which the target's first queries would be planned badly. The server
 * passes over what the user may not analyze, with a warning.
 */
final class AnalyzeStep implements Step {
  private static final String ID = "analyze";

  private final Workspace workspace;

  AnalyzeStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "gather statistics";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) {
    try (Session target = workspace.target().connect(ID)) {
      target.execute("analyzing the target", "analyze");
      target.transaction(
          "recording the step", connection -> Ledger.record(connection, workspace.run(), ID, ""));
    }
    return "statistics of the whole database";
  }
}
