package dev.tsferry.cli.fake;

import dev.tsferry.cli.console.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A person, or a pipe, that answers everything with one line, or with one line after the other. */
public final class FakePrompt implements Prompt {
  private final List<String> questions = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  public boolean interactive;
  public String answer = "";
  public final Deque<String> answers = new ArrayDeque<>();

  @Override
  public boolean interactive() {
    return interactive;
  }

  @Override
  public char[] password(String question) {
    questions.add(question);
    return answer.toCharArray();
  }

  @Override
  public String line(String question) {
    questions.add(question);
    return answers.isEmpty() ? answer : answers.poll();
  }

  @Override
  public List<String> lines() {
    return answer.lines().toList();
  }

  @Override
  public void show(String line) {
    shown.add(line);
  }

  /** What was shown of questions. */
  public List<String> shown() {
    return List.copyOf(shown);
  }

  public List<String> questions() {
    return List.copyOf(questions);
  }
}
