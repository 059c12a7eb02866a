package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.compare.OutOfReach;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.dump.SchemaDump;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.load.InheritedComments;
import dev.tsferry.runner.load.Refusals;
import dev.tsferry.runner.load.StatementLoad;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.build.RestOfKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads one section of the schema: pre-data before the rows, post-data after them. Materialized
 * views are filled by a step of their own, so that one that can't be takes nothing else with it.
 *
 * <p>Effect: the section's objects and the step's row in the ledger, in one transaction. Repeat:
 * nothing, once the row is there.
 */
final class SchemaStep implements Step {
  static final String POST_DATA = "post-data";
  private static final String PRE_DATA = "pre-data";

  private final Workspace workspace;
  private final String id;
  private final String title;
  private final String file;

  SchemaStep(Workspace workspace, String id, String title, String file) {
    this.workspace = workspace;
    this.id = id;
    this.title = title;
    this.file = file;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(id) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    DumpManifest manifest = manifest(workspace);
    requireRows();
    List<StatementChange> brokenKeys = keys(context);
    SchemaDump schema = id.equals(PRE_DATA) ? manifest.preData() : manifest.postData();
    List<StatementChange> changes = new ArrayList<>(schema.changes());
    changes.addAll(brokenKeys);
    try (Session source = workspace.source().visit(id);
        Session target = workspace.target().connectForScript(id)) {
      List<SchemaStatement> forgotten =
          id.equals(PRE_DATA) ? List.of() : InheritedComments.statements(source);
      StatementLoad load =
          new StatementLoad(id, target, refusals(source, target), id.equals(PRE_DATA));
      try {
        target.transaction(
            "loading %s into the target".formatted(id),
            connection ->
                changes.addAll(load(context, connection, load, manifest, changes, forgotten)));
      } catch (MigrationException e) {
        // Whether it is loaded is the ledger's word: the answer to a commit can be lost.
        if (e.code() == ErrorCode.CANCELLED || !workspace.ledger().isDone(id)) {
          throw e;
        }
      }
    }
    return "%s, %d changed or left out"
        .formatted(Counted.of(schema.statements(), "statement"), changes.size());
  }

  // Rows are copied with the source's snapshot, which was given back.
  private void requireRows() {
    if (streams() && !workspace.rowsAreThere()) {
      throw new MigrationException(
          ErrorCode.TARGET_FAILED,
          "loading %s into the target: it crashed after the rows were copied, which empties unlogged tables: %s"
              .formatted(id, Findings.some(workspace.emptied())),
          "run again: their rows are copied again, and no others");
    }
  }

  private List<StatementChange> load(
      StepContext context,
      Connection connection,
      StatementLoad load,
      DumpManifest manifest,
      List<StatementChange> changes,
      List<SchemaStatement> forgotten)
      throws SQLException {
    Ledger.record(
        connection,
        workspace.run(),
        id,
        DumpStep.schemaDigest(manifest.preData(), manifest.postData()));
    Set<String> made = streams() ? workspace.ledger().begunBy(TableStatement.ROW) : Set.of();
    AtomicInteger done = new AtomicInteger(made.size());
    int statements =
        id.equals(PRE_DATA) ? manifest.preData().statements() : manifest.postData().statements();
    load.load(
        workspace.dump().file(file),
        statement ->
            RefreshStep.isRefresh(statement)
                || (!made.isEmpty() && made.contains(TableStatement.row(statement))),
        statement -> {
          context.checkCancelled();
          context.progress(statement.title(), done.getAndIncrement(), statements, "statement");
        });
    List<StatementChange> refused = load.load(forgotten);
    List<StatementChange> all = new ArrayList<>(changes);
    all.addAll(refused);
    Ledger.replaceChanges(connection, id, all);
    return refused;
  }

  private Refusals refusals(Session source, Session target) {
    boolean refusedBefore =
        workspace.ledger().changes().stream()
            .anyMatch(change -> change.kind() == StatementChange.Kind.REFUSED);
    OutOfReach outOfReach =
        OutOfReach.of(source, target, workspace.target().majorVersion(), workspace.skipped());
    Refusals refusals =
        new Refusals(!outOfReach.isEmpty()).after(refusedBefore || skipsSome(source));
    return streams() ? refusals.listingBrokenKeys() : refusals;
  }

  private boolean skipsSome(Session source) {
    return source.isTrue(
        "looking for extensions that stay behind",
        "select exists (select from pg_catalog.pg_extension where extname = any (?))",
        (Object) workspace.skipped().reasons().keySet().toArray(new String[0]));
  }

  private boolean streams() {
    return workspace.pipeline().dataMode() == DataMode.STREAM && !id.equals(PRE_DATA);
  }

  /** Builds all at once what can be; returns the foreign keys that rows break. */
  private List<StatementChange> keys(StepContext context) throws IOException, InterruptedException {
    if (!streams()) {
      return List.of();
    }
    return new RestOfKeys(
            workspace.target(),
            workspace.ledger(),
            workspace.run(),
            workspace.stream().jobs(),
            workspace.lock()::hold,
            context)
        .build(id, TableStatement.of(workspace.dump().file(file)));
  }

  /** The dump's manifest, which the dump step made sure of. */
  static DumpManifest manifest(Workspace workspace) throws IOException {
    return workspace
        .manifest()
        .orElseThrow(
            () ->
                new MigrationException(
                    ErrorCode.STATE_MISMATCH,
                    "reading the dump: its files were removed while the run went on",
                    "run again, they are dumped anew"));
  }
}
