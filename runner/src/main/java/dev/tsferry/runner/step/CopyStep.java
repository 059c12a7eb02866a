package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DataDump.TableRows;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.load.ExtensionTables;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.ByteSizes;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.StreamCopy;
import dev.tsferry.runner.stream.copy.Pace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Copies the rows of all tables from server to server, of data mode stream, and builds the indexes
 * of those that are there while others are copied.
 *
 * <p>Effect: the rows, each slice of a table in one transaction with its row in the ledger, and the
 * step's row after the last; indexes, each with a row of its own. The source is released as soon as
 * the rows are there. Repeat: the slices that are not there; once all are, nothing: indexes that
 * are left are built by the step that loads the schema's post-data.
 */
final class CopyStep implements Step {
  static final String ID = "copy";
  private static final long MEGABYTE = 1_000_000;
  private static final double NANOS = 1e9;

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
    return "copy the rows, build indexes";
  }

  @Override
  public Optional<String> skip() {
    return workspace.rowsAreThere() ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    SchemaStep.manifest(workspace);
    ExportedSnapshot snapshot = workspace.takeSnapshot();
    boolean kept = false;
    try {
      StreamCopy.Summary summary =
          workspace.stream().copy(snapshot, around(snapshot, context), context);
      return "%s, %s, %s in %s, %s as text"
          .formatted(
              Counted.of(summary.tables(), "table"),
              Counted.of(summary.rows(), "row"),
              ByteSizes.text(summary.bytes()),
              Counted.of(summary.units(), "unit"),
              Counted.of(summary.text(), "table"));
    } catch (MigrationException e) {
      context.checkCancelled();
      if (!workspace.rowsAreThere()) {
        // Without its snapshot the source has nothing more to say than that.
        snapshot.check();
        // The step may be begun again in this process, after the target was away.
        workspace.keep(snapshot);
        kept = true;
      }
      throw e;
    } finally {
      if (!kept) {
        snapshot.close();
      }
    }
  }

  private StreamCopy.Around around(ExportedSnapshot snapshot, StepContext context)
      throws IOException {
    long begun = System.nanoTime();
    return new StreamCopy.Around(
        workspace.run(),
        workspace.ledger(),
        TableStatement.of(workspace.dump().file(DumpDirectory.POST_DATA)),
        pace(snapshot),
        workspace.lock()::hold,
        leftOut -> {
          snapshot.check();
          record(context, leftOut);
          snapshot.close();
          context.info(
              "every row is on the target after %.1f s; the source's snapshot and its locks are given back"
                  .formatted((System.nanoTime() - begun) / NANOS));
        },
        workspace.pipeline().verify() == VerifyLevel.FULL);
  }

  private Pace pace(ExportedSnapshot snapshot) {
    Stream options = workspace.pipeline().streaming();
    Optional<Instant> until =
        options.maxSnapshotMinutes() == 0
            ? Optional.empty()
            : Optional.of(
                snapshot.takenAt().plus(Duration.ofMinutes(options.maxSnapshotMinutes())));
    return new Pace(options.maxMegabytesPerSecond() * MEGABYTE, workspace.pause(), until);
  }

  // Its commit is waited for, and so holds those of all units that came before it.
  private void record(StepContext context, List<TableRows> leftOut) {
    boolean before = workspace.ledger().isDone(ID);
    try (Session source = workspace.source().visit(ID);
        Session target = workspace.target().visit(ID)) {
      List<StatementChange> left =
          ExtensionTables.of(source, target, workspace.skipped()).leftOut(ID, leftOut);
      target.transaction(
          "recording the step",
          connection -> {
            if (!before) {
              Ledger.record(connection, workspace.run(), ID, "");
            }
            Ledger.replaceChanges(connection, ID, left);
          });
      left.forEach(
          change ->
              context.warn("not copied: %s: %s".formatted(change.statement(), change.reason())));
    }
  }
}
