package dev.tsferry.cli.discovery.finding;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects what discovery comes upon, so that a user learns all that is wrong in one go instead of
 * one thing with each try.
 */
public final class Findings {
  private final Questions questions;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  public Findings(Questions questions) {
    this.questions = requireNonNull(questions, "questions is null");
  }

  /** Something stands in the way; discovery goes on to find what else does. */
  public void problem(ErrorCode code, String text, String... hints) {
    Problem problem = new Problem(code, text, List.of(hints));
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Something that the plan's reader should know. */
  public void warn(String text) {
    if (!warnings.contains(text)) {
      warnings.add(text);
    }
  }

  /** Something was chosen. */
  public void decided(String what, String choice, String why) {
    decisions.add(new Decision(what, choice, why));
  }

  /**
   * Looks something up that the plan cannot do without; a failure is a problem like any other.
   *
   * @throws MigrationException {@code AWS_NO_CREDENTIALS}, since every further call would fail too
   */
  public <T> Optional<T> need(Supplier<T> lookup) {
    try {
      return Optional.of(lookup.get());
    } catch (MigrationException e) {
      stopWithoutCredentials(e);
      problem(e.code(), e.getMessage(), e.hints().toArray(String[]::new));
      return Optional.empty();
    }
  }

  /**
   * Looks something up that the plan can do without; a failure is a warning.
   *
   * @param without what is not known then, as the start of a sentence
   * @throws MigrationException {@code AWS_NO_CREDENTIALS}, since every further call would fail too
   */
  public <T> Optional<T> want(String without, Supplier<T> lookup) {
    try {
      return Optional.of(lookup.get());
    } catch (MigrationException e) {
      stopWithoutCredentials(e);
      warn("%s (%s)".formatted(without, e.getMessage()));
      return Optional.empty();
    }
  }

  private static void stopWithoutCredentials(MigrationException e) {
    if (e.code() == ErrorCode.AWS_NO_CREDENTIALS || e.code() == ErrorCode.AWS_NO_REGION) {
      throw e;
    }
  }

  /**
   * Asks which of several is meant; where nobody can be asked, that is a problem whose text lists
   * the choices and whose hint names the option that settles it.
   *
   * @param doing such as {@code choosing the security group}
   * @param why such as {@code orders-db has several, and the rule goes to one}
   */
  public Optional<Choice> choose(String doing, String why, List<Choice> choices, String option) {
    Optional<Choice> chosen = questions.choose(doing + ": " + why, choices);
    if (chosen.isEmpty()) {
      List<String> lines = choices.stream().map(Choice::text).toList();
      problem(
          ErrorCode.BAD_ARGUMENT,
          "%s: %s\n  %s".formatted(doing, why, String.join("\n  ", lines)),
          "name one with " + option);
    }
    return chosen;
  }

  /** Asks for a line of text; where nobody can be asked, that is a problem. */
  public Optional<String> ask(String doing, String why, String question, String option) {
    Optional<String> answer = questions.ask(question).filter(line -> !line.isBlank());
    if (answer.isEmpty()) {
      problem(ErrorCode.BAD_ARGUMENT, doing + ": " + why, "give it with " + option);
    }
    return answer;
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** Whether anything stands in the way. */
  public boolean blocked() {
    return !problems.isEmpty();
  }

  /**
   * Says everything that stands in the way, if anything does.
   *
   * @throws MigrationException with the code of the first problem
   */
  public void refuseIfBlocked() {
    if (!problems.isEmpty()) {
      throw refusal();
    }
  }

  private MigrationException refusal() {
    Problem first = problems.get(0);
    if (problems.size() == 1) {
      return new MigrationException(
          first.code(), first.text(), first.hints().toArray(String[]::new));
    }
    StringBuilder text = new StringBuilder("planning: %d problems".formatted(problems.size()));
    for (int i = 0; i < problems.size(); i++) {
      Problem problem = problems.get(i);
      text.append("\n%d. %s".formatted(i + 1, problem.text()));
      problem.hints().forEach(hint -> text.append("\n   hint: ").append(hint));
    }
    return new MigrationException(first.code(), text.toString());
  }
}
