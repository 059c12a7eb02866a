package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.pipeline.PipelineRunner;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.ProcessRunner;
import dev.tsferry.runner.quiesce.ReadOnlySource;
import dev.tsferry.runner.state.Journal;
import dev.tsferry.runner.state.RunDirectory;
import dev.tsferry.runner.state.RunLog;
import dev.tsferry.runner.step.DumpPipeline;
import dev.tsferry.runner.step.TargetOutages;
import dev.tsferry.runner.step.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at carrying a database: the pipeline with its files, for the migration host and for
 * {@code tsferry run --local} alike.
 *
 * <p>A run that failed, was cancelled or was killed is taken up again by another attempt with the
 * same request; what is recorded as done is not done again.
 */
public final class MigrationRun {
  private final RunRequest request;
  private final PasswordSource passwords;
  private final RunEventListener listener;
  private final Cancellation cancellation = new Cancellation();

  public MigrationRun(RunRequest request, PasswordSource passwords, RunEventListener listener) {
    this.request = requireNonNull(request, "request is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  /** Runs to the end and says how it ended; failures are events and the exit code, not thrown. */
  public ExitCode run() {
    try (RunDirectory directory = RunDirectory.open(request.stateDirectory())) {
      RunLog log = new RunLog(request.stateDirectory(), Clock.systemUTC());
      return run(directory, log);
    } catch (MigrationException e) {
      return untold(e.code(), e.getMessage(), e.hints());
    } catch (IOException e) {
      return untold(
          ErrorCode.BAD_ARGUMENT,
          "opening the state directory %s: %s".formatted(request.stateDirectory(), e),
          List.of("give a directory that the user may write to"));
    }
  }

  /** Asks the run to end early; from another thread, {@link #run} then returns CANCELLED. */
  public void cancel() {
    cancellation.cancel();
  }

  private ExitCode run(RunDirectory directory, RunLog log) throws IOException {
    try (Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET)) {
      Workspace workspace =
          new Workspace(
              request.name(),
              request.pipeline(),
              source,
              target,
              new ProcessRunner(cancellation, log::line),
              directory,
              new DumpDirectory(request.dumpDirectory()),
              request.rehearsal());
      workspace.kind(request.kind());
      List<Step> steps = DumpPipeline.steps(workspace);
      try (Journal journal =
          new Journal(
              directory,
              request.name(),
              steps.stream().map(MigrationRun::pending).toList(),
              listener::onEvent,
              listener::onState,
              Clock.systemUTC())) {
        if (succeededBefore(journal)) {
          journal.restoreState();
          journal.emit(
              new RunEvent.Notice(
                  RunEvent.Notice.Level.INFO, "this run was finished before; nothing is done"));
          journal.emit(new RunEvent.RunFinished(0, "finished before, nothing was done"));
          return ExitCode.DONE;
        }
        journal.startHeartbeat();
        try (workspace) {
          return run(new Attempt(directory, log, workspace, steps, source, target, journal));
        }
      }
    }
  }

  private record Attempt(
      RunDirectory directory,
      RunLog log,
      Workspace workspace,
      List<Step> steps,
      Server source,
      Server target,
      Journal journal) {}

  private ExitCode run(Attempt attempt) {
    Journal journal = attempt.journal();
    attempt.log().line("run %s, attempt %d".formatted(request.name(), journal.attempt()));
    try {
      journal.emit(
          new RunEvent.RunStarted(
              journal.attempt(),
              RunnerVersion.text(),
              attempt.steps().stream().map(Step::id).toList()));
      if (attempt.directory().isFinishing()) {
        // With the lock, so that the attempt before can't be removing the ledger right now.
        attempt.workspace().lock().hold();
        if (attempt.workspace().ledger().run().isEmpty()) {
          return finished(attempt, "finished before, only its end was not written down");
        }
        attempt.directory().clearFinishing();
      }
      PipelineRunner runner =
          new PipelineRunner(
              cancellation,
              journal::emit,
              journal::progress,
              attempt.log()::line,
              System::nanoTime,
              TargetOutages.of(attempt.workspace()));
      runner.run(attempt.steps(), attempt.workspace().lock()::hold);
      return finish(attempt);
    } catch (MigrationException e) {
      return failed(attempt, e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      return failed(
          attempt,
          new MigrationException(
              ErrorCode.INTERNAL,
              "the run met a bug in tsferry: " + e.getClass().getSimpleName(),
              e,
              "report it with the stack trace in runner.log"));
    }
  }

  // The report is safe on the disk before the ledger, from which it is made, is removed.
  private ExitCode finish(Attempt attempt) throws IOException {
    if (request.pipeline().quiesce().keepReadOnly()) {
      keepSource(attempt);
    } else {
      undoSource(attempt);
    }
    MigrationReport report = report(attempt);
    attempt.workspace().writeHandover();
    attempt.directory().writeReport(report);
    attempt.directory().markFinishing(attempt.workspace().run().id().toString());
    attempt.workspace().ledger().drop();
    return finished(
        attempt,
        "carried %d tables, %,d rows"
            .formatted(
                report.tables().size(),
                report.tables().stream().mapToLong(MigrationReport.TableCount::targetRows).sum()));
  }

  private MigrationReport report(Attempt attempt) {
    return ReportMaker.report(
        request, attempt.workspace(), attempt.source(), attempt.target(), attempt.journal());
  }

  private static ExitCode finished(Attempt attempt, String summary) {
    attempt.log().line("run finished: " + summary);
    attempt.journal().emit(new RunEvent.RunFinished(ExitCode.DONE.code(), summary));
    return ExitCode.DONE;
  }

  // Whatever ended the run, a production must not stay read-only because of it.
  private void undoSource(Attempt attempt) throws IOException {
    if (!ReadOnlySource.isPending(request.stateDirectory())) {
      return;
    }
    ReadOnlySource readOnly =
        new ReadOnlySource(
            attempt.source().regardlessOfCancellation(),
            attempt.target().regardlessOfCancellation(),
            request.stateDirectory());
    for (String statement : readOnly.undo()) {
      notice(attempt, RunEvent.Notice.Level.INFO, "undone on the source: " + statement);
    }
  }

  private void keepSource(Attempt attempt) throws IOException {
    for (String statement : attempt.workspace().readOnly().pending()) {
      notice(
          attempt,
          RunEvent.Notice.Level.WARNING,
          "the source stays read-only, as the plan says; to undo it, execute in another database of it: "
              + statement);
    }
    attempt.workspace().readOnly().keep();
  }

  private void undoAfterFailure(Attempt attempt) {
    try {
      undoSource(attempt);
    } catch (IOException | RuntimeException e) {
      attempt.log().failure(e);
      notice(
          attempt,
          RunEvent.Notice.Level.WARNING,
          "the source may still be read-only (%s); \"tsferry rollback\" or the next run undoes it"
              .formatted(e.getMessage()));
    }
  }

  private static void notice(Attempt attempt, RunEvent.Notice.Level level, String text) {
    attempt.log().line(text);
    attempt.journal().emit(new RunEvent.Notice(level, text));
  }

  private ExitCode failed(Attempt attempt, MigrationException failure) {
    attempt.log().failure(failure);
    undoAfterFailure(attempt);
    ExitCode exitCode = failure.code().exitCode();
    try {
      attempt.journal().fail(failure.code(), failure.getMessage(), failure.hints());
      if (failure.code() == ErrorCode.DIFFERENCES_FOUND) {
        attempt.directory().writeReport(report(attempt));
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

  /** A failure before there is a place to write it to. */
  private ExitCode untold(ErrorCode code, String message, List<String> hints) {
    RunEvent failure = new RunEvent.StepFailed("preflight", code, message, hints);
    listener.onEvent(new RunEventLine(0, Clock.systemUTC().instant(), request.name(), failure));
    return code.exitCode();
  }

  private static boolean succeededBefore(Journal journal) {
    Optional<RunEventLine> last = journal.lastEarlier();
    return last.isPresent()
        && last.get().event() instanceof RunEvent.RunFinished finished
        && finished.exitCode() == ExitCode.DONE.code();
  }

  private static StepState pending(Step step) {
    return new StepState(step.id(), step.title(), StepStatus.PENDING, 0, null);
  }

  private Server server(Side side) {
    return request.server(side, passwords, cancellation);
  }
}
