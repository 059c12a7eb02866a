package dev.tsferry.runner.dump;

import java.util.Locale;
import java.util.Set;

/**
 * Tells which semicolon ends a statement: one outside parentheses and outside the BEGIN … END of an
 * SQL function's body, told apart as psql tells them apart.
 */
final class StatementEnd {
  private static final Set<String> OPENING =
      Set.of("create", "or", "replace", "function", "procedure");
  private static final Set<String> ROUTINES = Set.of("cf", "cp", "corf", "corp");

  private final StringBuilder initials = new StringBuilder();
  private int words;
  private int parentheses;
  private int begins;

  /** Takes note of an unquoted word. */
  void word(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (words < 4) {
      initials.append(OPENING.contains(lower) ? lower.charAt(0) : '-');
      words++;
    }
    if (parentheses > 0 || !isRoutine()) {
      return;
    }
    if (lower.equals("begin") || (lower.equals("case") && begins > 0)) {
      begins++;
    } else if (lower.equals("end") && begins > 0) {
      begins--;
    }
  }

  /** Takes note of a character outside words, quotes and comments. */
  boolean isReachedBy(int c) {
    if (c == '(') {
      parentheses++;
    } else if (c == ')' && parentheses > 0) {
      parentheses--;
    }
    return c == ';' && parentheses == 0 && begins == 0;
  }

  private boolean isRoutine() {
    String seen = initials.toString();
    return ROUTINES.stream().anyMatch(seen::startsWith);
  }
}
