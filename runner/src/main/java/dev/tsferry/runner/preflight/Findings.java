package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that all of it is told together instead of one thing a run. */
public final class Findings {
  private static final int SHOWN = 10;
  private static final int MAX_HINTS = 3;

  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private record Problem(ErrorCode code, String text, List<String> hints, Throwable cause) {}

  /** Something without whose remedy the migration can't succeed. */
  public void error(ErrorCode code, String text, String... hints) {
    problems.add(new Problem(code, text, List.of(hints), null));
  }

  /** The same, met as a failure. */
  public void error(MigrationException failure) {
    problems.add(new Problem(failure.code(), failure.getMessage(), failure.hints(), failure));
  }

  /** Something a person should know before going on. */
  public void warning(String text) {
    warnings.add(text);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Ends preflight if there are problems.
   *
   * @throws MigrationException with the first problem's code and every problem's text
   */
  public void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    Problem first = problems.get(0);
    Set<String> hints = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>();
    for (Problem problem : problems) {
      hints.addAll(problem.hints());
      texts.add(problem.text());
    }
    String message =
        problems.size() == 1
            ? first.text()
            : "preflight found %d problems:\n  %s"
                .formatted(problems.size(), String.join("\n  ", texts));
    throw new MigrationException(
        first.code(), message, hints.stream().limit(MAX_HINTS).toList(), first.cause());
  }

  /** The first names of a list and how many more there are. */
  public static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? shown : shown + " and %d more".formatted(names.size() - SHOWN);
  }
}
