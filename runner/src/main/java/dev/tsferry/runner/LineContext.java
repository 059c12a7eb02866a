package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.runner.pipeline.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What is told outside of a run: a line now and then. */
public final class LineContext implements StepContext {
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private final Consumer<String> lines;
  private Instant told = Instant.now();

  public LineContext(Consumer<String> lines) {
    this.lines = requireNonNull(lines, "lines is null");
  }

  @Override
  public synchronized void info(String text) {
    lines.accept(text);
  }

  @Override
  public synchronized void warn(String text) {
    lines.accept("warning: " + text);
  }

  @Override
  public synchronized void progress(String what, long done, long total, String unit) {
    Instant now = Instant.now();
    if (Duration.between(told, now).compareTo(BETWEEN) >= 0) {
      told = now;
      lines.accept(total == 0 ? what : "%s: %d %% of its side".formatted(what, done * 100 / total));
    }
  }

  @Override
  public void checkCancelled() {}
}
