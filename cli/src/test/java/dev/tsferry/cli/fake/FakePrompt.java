package dev.tsferry.cli.fake;

import dev.tsferry.cli.console.Prompt;
import java.util.ArrayList;
import java.util.List;

/** A person, or a pipe, that answers everything with one line. */
public final class FakePrompt implements Prompt {
  private final List<String> questions = new ArrayList<>();
  public boolean interactive;
  public String answer = "";

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
    return answer;
  }

  @Override
  public List<String> lines() {
    return answer.lines().toList();
  }

  public List<String> questions() {
    return List.copyOf(questions);
  }
}
