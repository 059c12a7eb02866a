package dev.tsferry.runner.step;

import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.ExtensionMove;
import dev.tsferry.runner.timescaledb.Guide;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.Optional;

/**
 * Makes the empty target's TimescaleDB anew in the source's version, where the plan asks for it,
 * and tries its restore mode.
 *
 * <p>Effect: the extension in that version, then the step's row in the ledger. Repeat: looks at the
 * version that is there, and does what is missing.
 */
final class ExtensionStep implements Step {
  private static final String ID = "extension";

  private final Workspace workspace;

  ExtensionStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "match TimescaleDB's version";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.guide() != Guide.TIMESCALEDB) {
      return Optional.of("the source is no TimescaleDB database");
    }
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws InterruptedException {
    String version;
    try (Session source = workspace.source().connect(ID)) {
      version = TimescaleExtension.of(source).orElseThrow().version();
    }
    if (workspace.pipeline().moveTargetTimescaledb()) {
      rememberVersion();
      new ExtensionMove(workspace.target()).to(version);
    }
    // A target that refuses restore mode is to say so now, and not after the dump.
    workspace.restoreMode().<String, RuntimeException>during(() -> version);
    try (Session target = workspace.target().connect(ID)) {
      target.transaction(
          "recording the step",
          connection -> Ledger.record(connection, workspace.run(), ID, version));
    }
    return "the target has TimescaleDB " + version;
  }

  // A rollback makes it anew in this version; an attempt that is taken up again finds the other.
  private void rememberVersion() {
    if (workspace.ledger().isDone(Ledger.TIMESCALEDB_BEFORE)) {
      return;
    }
    try (Session target = workspace.target().connect(ID)) {
      Optional<TimescaleExtension> before = TimescaleExtension.of(target);
      if (before.isPresent()) {
        target.transaction(
            "recording the target's version of TimescaleDB",
            connection ->
                Ledger.record(
                    connection,
                    workspace.run(),
                    Ledger.TIMESCALEDB_BEFORE,
                    before.get().version()));
      }
    }
  }
}
