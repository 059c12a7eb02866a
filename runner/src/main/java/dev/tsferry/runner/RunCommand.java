package dev.tsferry.runner;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Carries the database that a plan names. What happens is in the state directory; standard error
 * gets failures only.
 */
@Command(
    name = "run",
    description = "Runs the pipeline, or takes it up again where it ended.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The databases' passwords are read from Secrets Manager, from the secrets whose ARNs are in",
      "the environment variables TSFERRY_SOURCE_SECRET and TSFERRY_TARGET_SECRET."
    })
final class RunCommand implements Callable<Integer> {
  private static final long CANCEL_SECONDS = 60;

  @Mixin private RunOptions options;

  @Option(
      names = "--rehearsal",
      description = "Report writes to the source instead of failing because of them.")
  private boolean rehearsal;

  @Spec private CommandSpec spec;

  private RunCommand() {}

  @Override
  public Integer call() {
    MigrationRun run =
        new MigrationRun(
            options.request(rehearsal),
            options.passwords(),
            new Failures(spec.commandLine().getErr()));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(run, ended), "cancel"));
    try {
      return run.run().code();
    } finally {
      ended.countDown();
    }
  }

  // On SIGTERM the JVM would end with 143; nothing but halt changes that from here.
  private static void cancel(MigrationRun run, CountDownLatch ended) {
    if (ended.getCount() == 0) {
      return;
    }
    run.cancel();
    try {
      if (ended.await(CANCEL_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.CANCELLED.code());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Failures(PrintWriter err) implements RunEventListener {
    @Override
    public void onEvent(RunEventLine line) {
      if (line.event() instanceof RunEvent.StepFailed failed) {
        err.println("error: " + failed.message());
        failed.hints().forEach(hint -> err.println("hint: " + hint));
        err.flush();
      }
    }

    @Override
    public void onState(RunState unused) {}
  }
}
