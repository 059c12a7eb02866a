package dev.tsferry.runner.step;

import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.timescaledb.RestoreMode;

/** Undoes what an attempt that was killed left switched on the target and off on the source. */
final class Recovery {
  private final Workspace workspace;

  Recovery(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Repairs both; for a target that a run of ours is in the middle of, with the lock held. */
  void repair(StepContext context) {
    if (new RestoreMode(workspace.target()).endIfOn()) {
      context.warn(
          "an earlier attempt was killed and left the target in TimescaleDB's restore mode; it is ended");
    }
    int jobs = workspace.jobs().resume();
    if (jobs > 0) {
      context.warn(
          "an earlier attempt was killed and left %d background jobs of the source paused; they are scheduled again"
              .formatted(jobs));
    }
  }
}
