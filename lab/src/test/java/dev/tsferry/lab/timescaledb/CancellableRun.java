package dev.tsferry.lab.timescaledb;

import dev.tsferry.lab.pipeline.LocalRun;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.RunRequest;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A run in a process of its own that SIGTERM cancels, with the programs of its search path. */
final class CancellableRun {
  private CancellableRun() {}

  /** Takes the request as a file of JSON, and passwords from the environment. */
  public static void main(String[] arguments) throws IOException {
    RunRequest request = Json.lenient().readValue(new File(arguments[0]), RunRequest.class);
    MigrationRun run =
        new MigrationRun(
            request,
            LocalRun.passwords(System.getenv("SOURCE_PASSWORD"), System.getenv("TARGET_PASSWORD")),
            LocalRun.silent());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(run, ended)));
    ExitCode code = run.run();
    ended.countDown();
    if (code != ExitCode.CANCELLED) {
      Runtime.getRuntime().halt(code.code());
    }
  }

  private static void cancel(MigrationRun run, CountDownLatch ended) {
    run.cancel();
    try {
      ended.await();
      // The JVM itself would end with 143.
      Runtime.getRuntime().halt(ExitCode.CANCELLED.code());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
