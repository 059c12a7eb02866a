package dev.tsferry.runner.step;

import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.undo.TemporaryChanges;

/** Undoes what an attempt that was killed left changed on both sides. */
final class Recovery {
  private final Workspace workspace;

  Recovery(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Undoes it, with the lock held. */
  void repair(StepContext context) {
    TemporaryChanges changes = workspace.temporaryChanges();
    if (workspace.ledger().run().isPresent() || changes.isNoted()) {
      changes.undo().orThrow().changes().forEach(change -> context.warn(text(change)));
    }
  }

  private static String text(TemporaryChanges.Change change) {
    return switch (change.kind()) {
      case SOURCE_READ_ONLY ->
          "undone on the source, left by an attempt that died: " + change.text();
      case SOURCE_JOBS ->
          "an earlier attempt was killed and left background jobs of the source paused: "
              + change.text();
      case RESTORE_MODE ->
          "an earlier attempt was killed and left the target in TimescaleDB's restore mode; it is ended";
    };
  }
}
