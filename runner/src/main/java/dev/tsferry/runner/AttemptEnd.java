package dev.tsferry.runner;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEvent.Notice.Level;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.postgres.DatabaseIdentity;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.rollback.Created;
import dev.tsferry.runner.state.ChangeNotes;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.step.Workspace;
import dev.tsferry.runner.undo.TemporaryChanges;
import java.io.IOException;

/**
 * How an attempt ends: what it changed for its own time is undone, the report is written, and what
 * became of it is told, whatever it was.
 */
final class AttemptEnd {
  private final RunRequest request;
  private final Attempt attempt;

  AttemptEnd(RunRequest request, Attempt attempt) {
    this.request = request;
    this.attempt = attempt;
  }

  /**
   * Ends a run whose steps are all done. The report is safe on the disk before the ledger, from
   * which it is made, is removed.
   */
  ExitCode finish() throws IOException {
    if (request.pipeline().quiesce().keepReadOnly()) {
      keepSource();
    }
    undo().orThrow();
    Workspace workspace = attempt.workspace();
    MigrationReport report = report();
    workspace.writeHandover();
    attempt.directory().writeReport(report);
    created().write(request.stateDirectory());
    attempt.directory().markFinishing(workspace.run().id().toString());
    workspace.ledger().drop();
    return finished(
        "carried %s, %s"
            .formatted(
                Counted.of(report.tables().size(), "table"),
                Counted.of(
                    report.tables().stream()
                        .mapToLong(MigrationReport.TableCount::targetRows)
                        .sum(),
                    "row")));
  }

  /** Says that the run is finished. */
  ExitCode finished(String summary) {
    attempt.log().line("run finished: " + summary);
    attempt.journal().emit(new RunEvent.RunFinished(ExitCode.DONE.code(), summary));
    return ExitCode.DONE;
  }

  /** Ends an attempt that failed or was cancelled. */
  ExitCode failed(MigrationException failure) {
    attempt.log().failure(failure);
    undoAfterFailure();
    ExitCode exitCode = failure.code().exitCode();
    try {
      attempt.journal().fail(failure.code(), failure.getMessage(), failure.hints());
      if (failure.code() == ErrorCode.DIFFERENCES_FOUND) {
        attempt.directory().writeReport(report());
      }
    } catch (IOException | RuntimeException e) {
      attempt.log().failure(e);
    }
    try {
      attempt.journal().emit(new RunEvent.RunFinished(exitCode.code(), exitCode.meaning()));
    } catch (RuntimeException e) {
      attempt.log().failure(e);
    }
    return exitCode;
  }

  private Created created() {
    Workspace workspace = attempt.workspace();
    try (Session session = attempt.target().visit("report")) {
      return Created.ofLedger(
          session,
          request.name(),
          DatabaseIdentity.of(session, request.target()),
          workspace.ledger().detail(Ledger.TIMESCALEDB_BEFORE));
    }
  }

  private MigrationReport report() {
    return ReportMaker.report(
        request, attempt.workspace(), attempt.source(), attempt.target(), attempt.journal());
  }

  // Whatever ended the run, a production must not stay read-only because of it.
  private TemporaryChanges.Undone undo() {
    TemporaryChanges changes = attempt.workspace().temporaryChanges();
    if (!changes.isNoted()) {
      return TemporaryChanges.Undone.NOTHING;
    }
    TemporaryChanges.Undone undone = changes.undo();
    undone.changes().forEach(change -> notice(Level.INFO, inWords(change)));
    return undone;
  }

  private static String inWords(TemporaryChanges.Change change) {
    return change.kind() == ChangeNotes.Kind.SOURCE_READ_ONLY
        ? "undone on the source: " + change.text()
        : "undone: " + change.text();
  }

  private void undoAfterFailure() {
    try {
      for (MigrationException e : undo().failures()) {
        attempt.log().failure(e);
        notice(Level.WARNING, "not undone (%s); %s".formatted(e.getMessage(), remedy(e)));
      }
    } catch (RuntimeException e) {
      attempt.log().failure(e);
    }
  }

  private static String remedy(MigrationException e) {
    return e.hints().isEmpty()
        ? "\"tsferry status\", \"tsferry rollback\" or the next run undoes it"
        : e.hints().get(0);
  }

  private void keepSource() {
    for (String statement : attempt.workspace().readOnly().pending()) {
      notice(
          Level.WARNING,
          "the source stays read-only, as the plan says; to undo it, execute in another database of it: "
              + statement);
    }
    attempt.workspace().readOnly().keep();
  }

  private void notice(Level level, String text) {
    attempt.log().line(text);
    attempt.journal().emit(new RunEvent.Notice(level, text));
  }
}
