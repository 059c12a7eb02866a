package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.load.ExtensionTables;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.ByteSizes;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.StreamCopy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Copies the rows of all tables from server to server, of data mode stream.
 *
 * <p>Effect: the rows, each slice of a table in one transaction with its row in the ledger, and the
 * step's row after the last. Repeat: the slices that are not there.
 */
final class CopyStep implements Step {
  static final String ID = "copy";

  private final Workspace workspace;

  CopyStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "copy the rows";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    try (ExportedSnapshot snapshot = workspace.takeSnapshot()) {
      StreamCopy.Summary summary;
      try {
        summary = workspace.stream().copy(snapshot.id(), context, workspace.lock()::hold);
      } catch (MigrationException e) {
        context.checkCancelled();
        // Without its snapshot the source has nothing more to say than that.
        snapshot.check();
        throw e;
      }
      snapshot.check();
      try (Session source = workspace.source().connect(ID);
          Session target = workspace.target().connect(ID)) {
        List<StatementChange> left =
            ExtensionTables.of(source, target, workspace.skipped()).leftOut(ID, summary.leftOut());
        target.transaction(
            "recording the step",
            connection -> {
              Ledger.record(connection, workspace.run(), ID, "");
              Ledger.replaceChanges(connection, ID, left);
            });
        left.forEach(
            change ->
                context.warn("not copied: %s: %s".formatted(change.statement(), change.reason())));
      }
      return "%s, %s, %s in %s, %s as text"
          .formatted(
              Counted.of(summary.tables(), "table"),
              Counted.of(summary.rows(), "row"),
              ByteSizes.text(summary.bytes()),
              Counted.of(summary.units(), "unit"),
              Counted.of(summary.text(), "table"));
    }
  }
}
