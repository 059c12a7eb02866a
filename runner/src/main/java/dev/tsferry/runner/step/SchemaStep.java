package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.compare.OutOfReach;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.dump.SchemaDump;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.load.InheritedComments;
import dev.tsferry.runner.load.Refusals;
import dev.tsferry.runner.load.StatementLoad;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads one section of the schema: pre-data before the rows, post-data after them. Materialized
 * views are filled by a step of their own, so that one that can't be takes nothing else with it.
 *
 * <p>Effect: the section's objects and the step's row in the ledger, in one transaction. Repeat:
 * nothing, once the row is there.
 */
final class SchemaStep implements Step {
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
    SchemaDump schema = id.equals(PRE_DATA) ? manifest.preData() : manifest.postData();
    List<StatementChange> changes = new ArrayList<>(schema.changes());
    try (Session source = workspace.source().connect(id);
        Session target = workspace.target().connectForScript(id)) {
      List<SchemaStatement> forgotten =
          id.equals(PRE_DATA) ? List.of() : InheritedComments.statements(source);
      StatementLoad load = new StatementLoad(id, target, refusals(source, target));
      try {
        target.transaction(
            "loading %s into the target".formatted(id),
            connection ->
                changes.addAll(load(context, connection, load, manifest, schema, forgotten)));
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

  private List<StatementChange> load(
      StepContext context,
      Connection connection,
      StatementLoad load,
      DumpManifest manifest,
      SchemaDump schema,
      List<SchemaStatement> forgotten)
      throws SQLException {
    Ledger.record(
        connection,
        workspace.run(),
        id,
        DumpStep.schemaDigest(manifest.preData(), manifest.postData()));
    AtomicInteger done = new AtomicInteger();
    load.load(
        connection,
        workspace.dump().file(file),
        RefreshStep::isRefresh,
        statement -> {
          context.checkCancelled();
          context.progress(
              statement.title(), done.getAndIncrement(), schema.statements(), "statement");
        });
    List<StatementChange> refused = load.load(connection, forgotten);
    List<StatementChange> all = new ArrayList<>(schema.changes());
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
    return new Refusals(!outOfReach.isEmpty()).after(refusedBefore || skipsSome(source));
  }

  private boolean skipsSome(Session source) {
    return source.isTrue(
        "looking for extensions that stay behind",
        "select exists (select from pg_catalog.pg_extension where extname = any (?))",
        (Object) workspace.skipped().reasons().keySet().toArray(new String[0]));
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
