package dev.tsferry.cli.discovery.finding;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;

/**
 * One thing that stands in the way of a plan.
 *
 * @param text what was being done, and why it failed
 * @param hints what to do about it
 */
record Problem(ErrorCode code, String text, List<String> hints) {
  Problem {
    requireNonNull(code, "code is null");
    requireNonNull(text, "text is null");
    hints = List.copyOf(hints);
  }
}
