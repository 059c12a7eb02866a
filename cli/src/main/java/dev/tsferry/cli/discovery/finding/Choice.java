package dev.tsferry.cli.discovery.finding;

import static java.util.Objects.requireNonNull;

/**
 * One of several answers to a question.
 *
 * @param value what the option is given, such as {@code sg-0abc}
 * @param text the value with what tells it from the others, such as {@code sg-0abc (database)}
 */
public record Choice(String value, String text) {
  public Choice {
    requireNonNull(value, "value is null");
    requireNonNull(text, "text is null");
  }
}
