package dev.tsferry.cli.render;

import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.StepState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Where a run stands, as a table of its steps. */
public final class StatusText {
  private StatusText() {}

  /** Prints the steps of {@code state}, its progress and how it ended. */
  public static void print(PrintWriter out, RunState state, Instant now) {
    out.printf("attempt     %d, started %s%n", state.attempt(), state.startedAt());
    for (StepState step : state.steps()) {
      String time = step.millis() > 0 ? Amounts.duration(Duration.ofMillis(step.millis())) : "";
      String line =
          "  %-12s %-8s %12s  %s"
              .formatted(
                  step.id(),
                  step.status().name().toLowerCase(Locale.ROOT),
                  time,
                  step.summary() == null ? "" : step.summary());
      out.println(line.stripTrailing());
    }
    if (state.progress() != null && state.status() == RunState.Status.RUNNING) {
      out.printf("now         %s%n", new ProgressLine().text(state, state.progress()));
    }
    Duration age = Duration.between(state.updatedAt(), now);
    out.printf("last word   %s ago%n", Amounts.duration(age.isNegative() ? Duration.ZERO : age));
  }
}
