package dev.tsferry.runner.state;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** The log for people: a line per step and per command line, and stack traces; never a secret. */
public final class RunLog {
  private final Path file;
  private final Clock clock;

  public RunLog(Path directory, Clock clock) {
    this.file = directory.resolve("runner.log");
    this.clock = clock;
  }

  /** Appends a line. */
  public synchronized void line(String text) {
    String line = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
    try {
      Files.write(
          file,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // A log that can't be written must not end a migration that can go on.
    }
  }

  /** Appends a failure with its stack trace. */
  public void failure(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    line(trace.toString().stripTrailing());
  }
}
