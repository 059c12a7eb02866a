package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.console.Prompt;
import dev.tsferry.cli.discovery.finding.Choice;
import dev.tsferry.cli.discovery.finding.Questions;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import java.util.Optional;

/**
 * Asks at the terminal, with numbered choices.
 *
 * <pre>
 * choosing the security group: 2 of orders-db have a rule for port 5432, and the new rule goes to one
 *   1) sg-0aaa (database)
 *   2) sg-0bbb (reporting)
 * number:
 * </pre>
 */
final class PromptQuestions implements Questions {
  private static final int TRIES = 3;

  private final Prompt prompt;

  PromptQuestions(Prompt prompt) {
    this.prompt = requireNonNull(prompt, "prompt is null");
  }

  @Override
  public Optional<Choice> choose(String question, List<Choice> choices) {
    if (!prompt.interactive()) {
      return Optional.empty();
    }
    prompt.show(question);
    for (int i = 0; i < choices.size(); i++) {
      prompt.show("  %d) %s".formatted(i + 1, choices.get(i).text()));
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<Choice> choice = chosen(prompt.line("number").strip(), choices);
      if (choice.isPresent()) {
        return choice;
      }
      prompt.show("one of 1 to %d".formatted(choices.size()));
    }
    throw new MigrationException(
        ErrorCode.BAD_ARGUMENT, question + ": no answer among the choices; nothing was written");
  }

  // Who types the value itself is right too.
  private static Optional<Choice> chosen(String typed, List<Choice> choices) {
    for (int i = 0; i < choices.size(); i++) {
      if (typed.equals(String.valueOf(i + 1)) || typed.equals(choices.get(i).value())) {
        return Optional.of(choices.get(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> ask(String question) {
    return prompt.interactive() ? Optional.of(prompt.line(question).strip()) : Optional.empty();
  }
}
