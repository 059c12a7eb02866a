package dev.tsferry.runner.state;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.Failure;
import dev.tsferry.plan.event.RunState.Progress;
import dev.tsferry.plan.event.RunState.Status;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps the state document in step with the events; knows no file and no clock. */
final class RunStateTracker {
  private final String run;
  private final int attempt;
  private final Instant startedAt;
  private final List<StepState> steps;
  private Status status = Status.RUNNING;
  private long lastSeq;
  private Instant stepStartedAt;
  private Progress progress;
  private Failure failure;
  private Integer exitCode;

  RunStateTracker(String run, int attempt, Instant startedAt, List<StepState> steps) {
    this.run = run;
    this.attempt = attempt;
    this.startedAt = startedAt;
    this.steps = new ArrayList<>(steps);
  }

  void progress(Progress next) {
    progress = next;
  }

  void apply(RunEventLine line) {
    lastSeq = line.seq();
    RunEvent event = line.event();
    if (event instanceof RunEvent.StepStarted started) {
      stepStartedAt = line.at();
      update(started.step(), step -> with(step, StepStatus.RUNNING, 0, null));
    } else if (event instanceof RunEvent.StepSkipped skipped) {
      update(
          skipped.step(), step -> with(step, StepStatus.SKIPPED, step.millis(), skipped.reason()));
    } else if (event instanceof RunEvent.StepFinished finished) {
      progress = null;
      update(
          finished.step(),
          step -> with(step, StepStatus.DONE, finished.millis(), finished.summary()));
    } else if (event instanceof RunEvent.StepFailed failed) {
      progress = null;
      failure = new Failure(failed.code(), failed.message(), failed.hints());
      update(
          failed.step(),
          step -> with(step, StepStatus.FAILED, millisSince(stepStartedAt, line.at()), null));
    } else if (event instanceof RunEvent.RunFinished finished) {
      finish(finished.exitCode());
    }
  }

  /** Notes why a run ended outside its steps. */
  void fail(Failure why) {
    failure = why;
  }

  RunState at(Instant now) {
    List<StepState> current = new ArrayList<>();
    for (StepState step : steps) {
      current.add(
          step.status() == StepStatus.RUNNING
              ? with(step, StepStatus.RUNNING, millisSince(stepStartedAt, now), step.summary())
              : step);
    }
    return new RunState(
        run, attempt, status, lastSeq, startedAt, now, current, progress, failure, exitCode);
  }

  private void finish(int code) {
    exitCode = code;
    if (code == ExitCode.DONE.code()) {
      status = Status.SUCCEEDED;
    } else if (code == ExitCode.CANCELLED.code()) {
      status = Status.CANCELLED;
    } else {
      status = Status.FAILED;
    }
  }

  private void update(String id, UnaryOperator<StepState> change) {
    steps.replaceAll(step -> step.id().equals(id) ? change.apply(step) : step);
  }

  private static StepState with(StepState step, StepStatus status, long millis, String summary) {
    return new StepState(step.id(), step.title(), status, millis, summary);
  }

  private static long millisSince(Instant start, Instant now) {
    return start == null ? 0 : Duration.between(start, now).toMillis();
  }
}
