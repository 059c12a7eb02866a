package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.pipeline.PipelineRunner;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.ProcessRunner;
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
                  RunEvent.Notice.Level.INFO,
                  "this run was finished before; nothing is done (\"tsferry rollback --finished\" takes it back, so that it can begin anew)"));
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

  private ExitCode run(Attempt attempt) {
    Journal journal = attempt.journal();
    AttemptEnd end = new AttemptEnd(request, attempt);
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
          return end.finished("finished before, only its end was not written down");
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
      return end.finish();
    } catch (MigrationException e) {
      return end.failed(e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      return end.failed(
          new MigrationException(
              ErrorCode.INTERNAL,
              "the run met a bug in tsferry: " + e.getClass().getSimpleName(),
              e,
              "report it with the stack trace in runner.log"));
    }
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
