package dev.tsferry.lab.pipeline;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.RunEventListener;
import dev.tsferry.runner.RunRequest;
import dev.tsferry.runner.Secret;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A run in a process of its own, with passwords from the environment and the programs of its search
 * path: there to be killed, and cancelled by SIGTERM.
 */
public final class LocalRun {
  private LocalRun() {}

  /** Takes the request as a file of JSON. */
  public static void main(String[] arguments) throws IOException {
    RunRequest request = Json.lenient().readValue(new File(arguments[0]), RunRequest.class);
    MigrationRun run =
        new MigrationRun(
            request,
            passwords(System.getenv("SOURCE_PASSWORD"), System.getenv("TARGET_PASSWORD")),
            silent());
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

  public static PasswordSource passwords(String source, String target) {
    return new PasswordSource() {
      @Override
      public Secret source() {
        return Secret.of(source);
      }

      @Override
      public Secret target() {
        return Secret.of(target);
      }
    };
  }

  public static RunEventListener silent() {
    return new RunEventListener() {
      @Override
      public void onEvent(RunEventLine line) {}

      @Override
      public void onState(RunState state) {}
    };
  }
}
