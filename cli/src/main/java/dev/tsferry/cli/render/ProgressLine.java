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

  private static String left(RunState state, Progress progress) {
    long elapsed =
        state.steps().stream()
            .filter(step -> step.id().equals(progress.step()))
            .mapToLong(StepState::millis)
            .findFirst()
            .orElse(0);
    if (progress.total() <= 0 || elapsed < MILLIS_TO_TELL) {
      return "";
    }
    double share = (double) progress.done() / progress.total();
    if (share < SHARE_TO_TELL || share >= 1) {
      return "";
    }
    long left = Math.round(elapsed / share - elapsed);
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
