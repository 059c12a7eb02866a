package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.SchemaFile;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.load.StatementFailure;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills the materialized views that were filled on the source, in the dump's order, which is that
 * of their dependencies.
 *
 * <p>Effect: each view's rows and a row of its own in the ledger, in one transaction for each view.
 * A view that can't be filled is left empty, reported, and found by the verification; the others go
 * on. Repeat: the views that aren't filled yet, so that a run that is started again after the
 * remedy goes on with them.
 */
final class RefreshStep implements Step {
  static final String ID = "refresh";

  private final Workspace workspace;

  RefreshStep(Workspace workspace) {
    this.workspace = workspace;
  }

  static boolean isRefresh(SchemaStatement statement) {
    return statement.starts("refresh", "materialized", "view");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "fill materialized views";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    SchemaStep.manifest(workspace);
    List<SchemaStatement> statements = statements();
    List<StatementChange> refused = new ArrayList<>();
    try (Session target = workspace.target().connectForScript(ID)) {
      // These are the user's own questions, and not to a catalogue.
      target.execute("preparing to fill views", "reset jit");
      int done = 0;
      for (SchemaStatement statement : statements) {
        context.checkCancelled();
        context.progress(statement.title(), done++, statements.size(), "statement");
        refresh(target, statement)
            .ifPresent(
                failure -> {
                  context.warn(failure.text() + "; " + failure.remedy());
                  refused.add(change(statement, failure));
                });
      }
      target.transaction(
          "recording the step",
          connection -> {
            Ledger.replaceChanges(connection, ID, refused);
            if (refused.isEmpty()) {
              Ledger.record(connection, workspace.run(), ID, "");
            }
          });
    }
    return "%s filled, %d not"
        .formatted(Counted.of(statements.size() - refused.size(), "view"), refused.size());
  }

  private List<SchemaStatement> statements() throws IOException {
    List<SchemaStatement> statements = new ArrayList<>();
    try (SchemaFile file = new SchemaFile(workspace.dump().file(DumpDirectory.POST_DATA))) {
      for (Optional<SchemaStatement> next = file.next(); next.isPresent(); next = file.next()) {
        if (isRefresh(next.get())) {
          statements.add(next.get());
        }
      }
    }
    return statements;
  }

  private Optional<StatementFailure> refresh(Session target, SchemaStatement statement) {
    String row = ID + " " + statement.nameAfter(3);
    if (workspace.ledger().isDone(row)) {
      return Optional.empty();
    }
    try {
      target.transaction(
          statement.title(),
          connection -> {
            Ledger.record(connection, workspace.run(), row, "");
            target.executeRaw(statement.text());
          });
      return Optional.empty();
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED
          || !(e.getCause() instanceof SQLException cause)
          || isSessionsEnd(cause)) {
        throw e;
      }
      return Optional.of(StatementFailure.of(statement, cause));
    }
  }

  // A lost connection, a restart, no room: not this view's fault, and the next would fail too.
  private static boolean isSessionsEnd(SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    return state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
  }

  private static StatementChange change(SchemaStatement statement, StatementFailure failure) {
    return new StatementChange(
        ID,
        StatementChange.Kind.REFUSED,
        statement.shown(),
        "%s; %s".formatted(failure.text(), failure.remedy()));
  }
}
