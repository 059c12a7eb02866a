package dev.tsferry.runner.process;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a program to its end: both pipes drained by threads of their own and joined, every line of
 * standard error in a log file and the last ones in the result, the whole process tree ended on
 * cancellation.
 */
public final class ProcessRunner {
  static final int TAIL_LINES = 60;
  private static final long GRACE_SECONDS = 5;
  // As a shell counts: 128 and the signal's number.
  private static final int FIRST_SIGNAL = 128;

  private final Cancellation cancellation;
  private final Consumer<String> log;

  /**
   * @param log gets each command line and how it ended
   */
  public ProcessRunner(Cancellation cancellation, Consumer<String> log) {
    this.cancellation = cancellation;
    this.log = log;
  }

  /**
   * Runs {@code command}, its standard error appended to {@code logFile}.
   *
   * @throws MigrationException {@code TOOL_MISSING} if it can't be started, {@code CANCELLED} if
   *     the run is cancelled
   * @throws IOException if {@code output} or the log can't be written
   */
  public ProcessResult run(CommandLine command, Path logFile, StandardOutput output)
      throws IOException, InterruptedException {
    cancellation.check();
    log.accept("running " + command);
    Files.createDirectories(logFile.toAbsolutePath().getParent());
    try (BufferedWriter logWriter = Files.newBufferedWriter(logFile, CREATE, APPEND)) {
      logWriter.write("$ " + command + "\n");
      Process process = start(command);
      Cancellation.Registration ending = cancellation.onCancel(() -> end(process));
      try {
        return drain(command, process, logWriter, output);
      } finally {
        ending.close();
        kill(process);
      }
    }
  }

  private ProcessResult drain(
      CommandLine command, Process process, BufferedWriter logWriter, StandardOutput output)
      throws IOException, InterruptedException {
    Deque<String> tail = new ArrayDeque<>();
    List<Exception> failures = new ArrayList<>();
    Thread errors = reader(() -> readErrors(process, logWriter, tail), process, failures);
    Thread reader = reader(() -> output.read(process.getInputStream()), process, failures);
    int exitCode = process.waitFor();
    errors.join();
    reader.join();
    log.accept("%s ended with exit code %d".formatted(command.program(), exitCode));
    cancellation.check();
    // A program that failed by itself also cut its output short: its own words say more.
    boolean failedItself = exitCode > 0 && exitCode < FIRST_SIGNAL;
    for (Exception failure : failedItself ? List.<Exception>of() : failures) {
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IOException(failure.getMessage(), failure);
    }
    return new ProcessResult(exitCode, List.copyOf(tail));
  }

  private static Process start(CommandLine command) {
    ProcessBuilder builder = new ProcessBuilder(command.arguments());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(command.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.TOOL_MISSING,
          "starting %s: %s".formatted(command.arguments().get(0), e.getMessage()),
          e,
          "install PostgreSQL's client programs");
    }
  }

  private interface Reading {
    void read() throws IOException;
  }

  private static Thread reader(Reading reading, Process process, List<Exception> failures) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reading.read();
              } catch (IOException | RuntimeException e) {
                synchronized (failures) {
                  failures.add(e);
                }
                stopReading(process);
              }
            },
            "pipe");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void readErrors(Process process, BufferedWriter logWriter, Deque<String> tail)
      throws IOException {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        logWriter.write(line + "\n");
        logWriter.flush();
        tail.addLast(line);
        if (tail.size() > TAIL_LINES) {
          tail.removeFirst();
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  // Its next write ends the program; one that is about to end by itself may still say why.
  private static void stopReading(Process process) {
    try {
      process.getInputStream().close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        kill(process);
      }
    } catch (IOException | InterruptedException e) {
      kill(process);
    }
  }

  /** Asks the tree to end, and ends it if it doesn't within some seconds. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        kill(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
