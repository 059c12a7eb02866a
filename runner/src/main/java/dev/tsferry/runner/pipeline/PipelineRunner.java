package dev.tsferry.runner.pipeline;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEvent.Notice;
import dev.tsferry.plan.event.RunState.Progress;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.process.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs steps in their order, and tells of each: started, finished, skipped or failed. */
public final class PipelineRunner {
  private final Cancellation cancellation;
  private final Consumer<RunEvent> events;
  private final Consumer<Progress> progress;
  private final Consumer<String> log;
  private final LongSupplier nanoTime;
  private final Outages outages;

  /**
   * @param events gets every event
   * @param progress gets how far the current step is, often
   * @param log gets a line for each step's start and end
   * @param nanoTime as {@link System#nanoTime}
   * @param outages decides whether a step that failed is begun again
   */
  public PipelineRunner(
      Cancellation cancellation,
      Consumer<RunEvent> events,
      Consumer<Progress> progress,
      Consumer<String> log,
      LongSupplier nanoTime,
      Outages outages) {
    this.cancellation = cancellation;
    this.events = events;
    this.progress = progress;
    this.log = log;
    this.nanoTime = nanoTime;
    this.outages = outages;
  }

  /**
   * Runs {@code steps} to the end or to the first failure, which is thrown after it was told.
   *
   * @param betweenSteps what must hold before each step but the first
   */
  public void run(List<Step> steps, Runnable betweenSteps)
      throws IOException, InterruptedException {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Runnable before = i == 0 ? () -> {} : betweenSteps;
      try {
        runThroughOutages(step, before);
      } catch (MigrationException e) {
        throw failed(step, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(step, Cancellation.exception());
      } catch (IOException e) {
        throw failed(step, io(step, e));
      } catch (RuntimeException e) {
        throw failed(step, bug(step, e));
      }
    }
  }

  // A step that was begun again has its effect once all the same: that is what steps promise.
  private void runThroughOutages(Step step, Runnable before)
      throws IOException, InterruptedException {
    while (true) {
      try {
        run(step, before);
        return;
      } catch (MigrationException e) {
        if (cancellation.isCancelled() || !outages.waitOut(step.id(), e, new Context(step))) {
          throw e;
        }
      }
    }
  }

  private void run(Step step, Runnable before) throws IOException, InterruptedException {
    cancellation.check();
    before.run();
    Optional<String> reason = step.skip();
    if (reason.isPresent()) {
      log.accept("step %s skipped: %s".formatted(step.id(), reason.get()));
      events.accept(new RunEvent.StepSkipped(step.id(), reason.get()));
      return;
    }
    log.accept("step %s started".formatted(step.id()));
    events.accept(new RunEvent.StepStarted(step.id(), step.title()));
    long start = nanoTime.getAsLong();
    String summary = step.run(new Context(step));
    long millis = (nanoTime.getAsLong() - start) / 1_000_000;
    log.accept("step %s finished in %d ms: %s".formatted(step.id(), millis, summary));
    events.accept(new RunEvent.StepFinished(step.id(), millis, summary));
  }

  private MigrationException failed(Step step, MigrationException failure) {
    // Whatever broke because the run was cancelled isn't a failure of its own.
    MigrationException told =
        cancellation.isCancelled() && failure.code() != ErrorCode.CANCELLED
            ? Cancellation.exception()
            : failure;
    log.accept("step %s failed: %s: %s".formatted(step.id(), told.code(), told.getMessage()));
    events.accept(new RunEvent.StepFailed(step.id(), told.code(), told.getMessage(), told.hints()));
    return told;
  }

  private static MigrationException io(Step step, IOException e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return new MigrationException(
          ErrorCode.DISK_FULL,
          "step %s: %s".formatted(step.id(), text),
          e,
          "make room, then run again");
    }
    return new MigrationException(
        ErrorCode.TOOL_FAILED, "step %s: %s".formatted(step.id(), text), e);
  }

  private static MigrationException bug(Step step, RuntimeException e) {
    return new MigrationException(
        ErrorCode.INTERNAL,
        "step %s met a bug in tsferry: %s".formatted(step.id(), e.getClass().getSimpleName()),
        e,
        "report it with the stack trace in runner.log");
  }

  private final class Context implements StepContext {
    private final Step step;

    Context(Step step) {
      this.step = step;
    }

    @Override
    public void info(String text) {
      events.accept(new Notice(Notice.Level.INFO, text));
    }

    @Override
    public void warn(String text) {
      log.accept("warning: " + text);
      events.accept(new Notice(Notice.Level.WARNING, text));
    }

    @Override
    public void progress(String what, long done, long total, String unit) {
      progress.accept(new Progress(step.id(), what, done, total, unit));
    }

    @Override
    public void checkCancelled() {
      cancellation.check();
    }
  }
}
