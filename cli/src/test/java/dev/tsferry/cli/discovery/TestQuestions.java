package dev.tsferry.cli.discovery;

import dev.tsferry.cli.discovery.finding.Choice;
import dev.tsferry.cli.discovery.finding.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody who always answers the same. */
final class TestQuestions implements Questions {
  private final int choice;
  private final String text;
  private final List<String> asked = new ArrayList<>();

  private TestQuestions(int choice, String text) {
    this.choice = choice;
    this.text = text;
  }

  static TestQuestions answering(int choice) {
    return new TestQuestions(choice, null);
  }

  static TestQuestions typing(String text) {
    return new TestQuestions(0, text);
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Optional<Choice> choose(String question, List<Choice> choices) {
    asked.add(question + " " + choices.stream().map(Choice::text).toList());
    return Optional.of(choices.get(choice));
  }

  @Override
  public Optional<String> ask(String question) {
    asked.add(question);
    return Optional.ofNullable(text);
  }
}
