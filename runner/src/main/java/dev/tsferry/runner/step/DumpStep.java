package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.DataDump;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.dump.SchemaDump;
import dev.tsferry.runner.load.LeftOut;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.ByteSizes;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.SourceChecks;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Dumps roles, schema and rows of the source into files, all of them as of one moment.
 *
 * <p>Effect: the dump directory has a manifest. Repeat: a dump without one is made anew; nothing is
 * loaded before there is one. Where the files were lost after a part of them was loaded, they are
 * dumped again, and must hold the same schema as before.
 *
 * @see <a href="https://www.postgresql.org/docs/current/app-pgdump.html">pg_dump</a>
 */
final class DumpStep implements Step {
  static final String ID = "dump";

  private final Workspace workspace;
  private final DumpFiles files;

  DumpStep(Workspace workspace) {
    this.workspace = workspace;
    this.files = new DumpFiles(workspace);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "dump the source";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.ledger().isDone(RefreshStep.ID)) {
      return Optional.of("all of it is loaded");
    }
    if (copies()) {
      // The rows that are left to copy need a snapshot that is held.
      return Optional.empty();
    }
    try {
      return workspace.manifest().map(manifest -> "dumped at " + manifest.takenAt());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    if (!workspace.isTimescale()) {
      return dump(context);
    }
    int paused = workspace.jobs().pause();
    if (paused > 0) {
      context.info(
          "%d background jobs of the source are paused until this run ends".formatted(paused));
    }
    return dump(context);
  }

  /** Whether rows are still to be copied from the snapshot, in data mode stream. */
  private boolean copies() {
    return streams() && !workspace.rowsAreThere();
  }

  private boolean streams() {
    return workspace.pipeline().dataMode() == DataMode.STREAM;
  }

  private String dump(StepContext context) throws IOException, InterruptedException {
    workspace.dump().clear();
    long estimate;
    try (Session session = workspace.source().visit(ID)) {
      estimate = new SourceChecks(session, new Findings()).tableBytes();
      workspace.ledger().replaceChanges(ID, LeftOut.of(ID, session));
    }
    boolean kept = false;
    ExportedSnapshot snapshot;
    try {
      snapshot = workspace.quiet().snapshot(context);
    } catch (RuntimeException e) {
      workspace.quiet().release();
      throw e;
    }
    try {
      DumpFiles.Schema schema = files.definitions(snapshot);
      refuseOtherSchema(schema);
      DataDump data = files.data(snapshot, estimate, context);
      snapshot.check();
      // Once the copy was done, keys are in the way of removing rows; the verification tells.
      if (copies() && !workspace.ledger().isDone(CopyStep.ID)) {
        forgetMoved(snapshot, context);
      }
      workspace
          .quiet()
          .dumped(context, workspace.ledger().isDone(streams() ? CopyStep.ID : "data"));
      DumpManifest manifest =
          new DumpManifest(
              DumpManifest.VERSION,
              workspace.run().id().toString(),
              snapshot.id(),
              Instant.now(),
              workspace.dump().files(),
              schema.preData(),
              schema.postData(),
              data.tables());
      workspace.dump().complete(manifest);
      if (copies()) {
        workspace.keep(snapshot);
        kept = true;
      }
      return streams()
          ? "schema, sequences and large objects"
          : "%s, %s, %s"
              .formatted(
                  Counted.of(data.tables().size(), "table"),
                  Counted.of(manifest.rows(), "row"),
                  ByteSizes.text(manifest.rowBytes()));
    } finally {
      workspace.quiet().release();
      if (!kept) {
        snapshot.close();
      }
    }
  }

  private void forgetMoved(ExportedSnapshot snapshot, StepContext context)
      throws InterruptedException {
    if (!workspace.isTimescale()) {
      workspace.stream().forgetMoved(snapshot.id(), context, workspace.writes()::find);
    } else if (workspace.ledger().isDone(CatalogueStep.ID)) {
      // Else TimescaleDB would empty a compressed chunk together with the one that it belongs to.
      workspace
          .restoreMode()
          .<Void, RuntimeException>during(
              () -> {
                workspace.stream().forgetMoved(snapshot.id(), context, workspace.writes()::find);
                return null;
              });
    }
  }

  /** What identifies the schema that is loaded; in pre-data's row of the ledger. */
  static String schemaDigest(SchemaDump preData, SchemaDump postData) {
    return "%s,%s".formatted(preData.digest(), postData.digest());
  }

  private void refuseOtherSchema(DumpFiles.Schema schema) {
    Optional<String> loaded = workspace.ledger().detail("pre-data");
    String digest = schemaDigest(schema.preData(), schema.postData());
    if (loaded.isPresent() && !loaded.get().equals(digest)) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "dumping the source again: its schema is no longer the one that is loaded on the target (%s then, %s now)"
              .formatted(loaded.get(), digest),
          workspace.isTimescale()
              ? "a chunk that was made or dropped since is such a change: retention off, nobody writing, \"tsferry rollback\" and begin anew"
              : "\"tsferry rollback\" and begin anew");
    }
  }
}
