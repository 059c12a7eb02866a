package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.console.Interrupts.Guard;
import dev.tsferry.cli.error.ErrorPrinter;
import dev.tsferry.cli.local.LocalRun;
import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.render.RunRenderer;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.RunEventListener;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** {@code tsferry run --local}: the run in this process, drawn like one on the host. */
final class LocalRunning {
  // The runner ends its tools and writes its last word; what it can't end in this time is killed.
  private static final long SECONDS_TO_END = 60;

  private final CommandContext context;
  private final PrintWriter out;
  private final PrintWriter err;

  LocalRunning(CommandContext context, PrintWriter out, PrintWriter err) {
    this.context = requireNonNull(context, "context is null");
    this.out = requireNonNull(out, "out is null");
    this.err = requireNonNull(err, "err is null");
  }

  /** Runs to the end and returns the exit code. */
  int run(LocalOptions options, boolean rehearsal) {
    RunRenderer renderer = new RunRenderer(err, context.terminal(), context.pacer());
    Listener listener = new Listener(renderer);
    CountDownLatch ended = new CountDownLatch(1);
    try (LocalRun run = LocalRun.of(options, rehearsal, context.environment(), listener);
        Guard guard = context.interrupts().onInterrupt(() -> interrupted(run, ended))) {
      requireNonNull(guard, "guard is null");
      ExitCode exitCode = run.run();
      renderer.close();
      return finished(run, listener.last.get(), exitCode);
    } finally {
      renderer.close();
      // Only now are the password files gone, for which an interrupted process waits.
      ended.countDown();
    }
  }

  private void interrupted(LocalRun run, CountDownLatch ended) {
    err.println();
    err.println("cancelling the run; the same command takes it up again");
    err.flush();
    run.cancel();
    try {
      if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        Lines.print(err, "the run did not end in %d s".formatted(SECONDS_TO_END));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int finished(LocalRun run, RunState last, ExitCode exitCode) {
    if (exitCode == ExitCode.DONE || exitCode == ExitCode.DIFFERENCES_FOUND) {
      Path file = Path.of(run.name() + "-report.json").toAbsolutePath();
      run.report().ifPresent(report -> RunFollowing.showReport(out, err, report, file));
      Path handover = run.stateDirectory().resolve("handover.sql");
      if (Files.exists(handover)) {
        Lines.print(
            err, "handover: " + handover + ": what a stronger user may still do on the target");
      }
    }
    if (last != null && last.failure() != null) {
      RunState.Failure failure = last.failure();
      ErrorPrinter.print(err, failure.code(), failure.message(), failure.hints());
    }
    if (exitCode != ExitCode.DONE) {
      Lines.print(err, "log: " + run.stateDirectory().resolve("runner.log"));
    }
    return exitCode.code();
  }

  private static final class Listener implements RunEventListener {
    private final RunRenderer renderer;
    private final AtomicReference<RunState> last = new AtomicReference<>();

    Listener(RunRenderer renderer) {
      this.renderer = renderer;
    }

    @Override
    public void onEvent(RunEventLine line) {
      renderer.event(line);
    }

    @Override
    public void onState(RunState state) {
      last.set(state);
      renderer.state(state);
    }
  }
}
