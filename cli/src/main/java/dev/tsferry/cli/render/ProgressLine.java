package dev.tsferry.cli.render;

import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.Progress;
import dev.tsferry.plan.event.RunState.StepState;
import java.time.Duration;

/** How far the current step is, in one line, with the time left where the pace allows to tell. */
final class ProgressLine {
  // Sooner than this, the pace says little.
  private static final double SHARE_TO_TELL = 0.05;
  private static final long MILLIS_TO_TELL = 5_000;

  private Progress first;
  private long firstMillis;

  String text(RunState state, Progress progress) {
    StringBuilder text = new StringBuilder("%-12s ".formatted(progress.step()));
    if (progress.total() > 0) {
      // Only the end of the run is a hundred percent.
      long percent = Math.min(99, progress.done() * 100 / progress.total());
      text.append(percent).append(" % (").append(amounts(progress)).append(')');
    } else {
      text.append(amount(progress.done(), progress.unit()));
    }
    if (progress.what() != null && !progress.what().isBlank()) {
      text.append(' ').append(progress.what().replaceAll("\\p{Cntrl}", "?"));
    }
    return text.append(left(state, progress)).toString();
  }

  // What was done before the step began here, by an earlier attempt, says nothing of its pace.
  private String left(RunState state, Progress progress) {
    long elapsed =
        state.steps().stream()
            .filter(step -> step.id().equals(progress.step()))
            .mapToLong(StepState::millis)
            .findFirst()
            .orElse(0);
    if (first == null || !first.step().equals(progress.step())) {
      first = progress;
      firstMillis = elapsed;
    }
    // Joined in the middle, the step's whole time and work are the better guess.
    boolean resumed = firstMillis < MILLIS_TO_TELL;
    long before = resumed ? first.done() : 0;
    long millis = resumed ? elapsed - firstMillis : elapsed;
    if (progress.total() <= before || millis < MILLIS_TO_TELL) {
      return "";
    }
    double share = (double) (progress.done() - before) / (progress.total() - before);
    if (share < SHARE_TO_TELL || share >= 1) {
      return "";
    }
    long left = Math.round(millis / share - millis);
    return ", about %s left".formatted(Amounts.duration(Duration.ofMillis(left)));
  }

  private static String amounts(Progress progress) {
    return "%s of %s"
        .formatted(
            amount(progress.done(), progress.unit()), amount(progress.total(), progress.unit()));
  }

  private static String amount(long amount, String unit) {
    if ("byte".equals(unit)) {
      return Amounts.bytes(amount);
    }
    return "%s %s%s".formatted(Amounts.count(amount), unit, amount == 1 ? "" : "s");
  }
}
