package dev.tsferry.runner.dump;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of one statement, so that rules look at what a statement is and never at what a text in
 * it says.
 */
final class SqlTokens {
  /** What a token is. */
  enum Kind {
    WORD,
    NAME,
    TEXT,
    SYMBOL
  }

  /**
   * A token.
   *
   * @param value a word in lower case, a quoted name without its quotes, else the text as it stands
   * @param start first character in the statement
   * @param end character after the last one
   */
  record Token(Kind kind, String value, int start, int end) {
    boolean is(String word) {
      return kind != Kind.NAME && kind != Kind.TEXT && value.equals(word);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  private SqlTokens(String text) {
    this.text = text;
  }

  /** The first {@code limit} tokens of {@code statement}. */
  static List<Token> of(String statement, int limit) {
    return new SqlTokens(statement).read(limit);
  }

  private List<Token> read(int limit) {
    int i = 0;
    while (i < text.length() && tokens.size() < limit) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (c == '"') {
        i = quoted(i, i, false);
      } else if (c == '\'') {
        i = quoted(i, i, false);
      } else if (DumpScanner.isIdentifierStart(c)) {
        i = word(i);
      } else if (digitAt(i) || ((c == '-' || c == '.') && digitAt(i + 1))) {
        i = number(i);
      } else {
        tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), i, i + 1));
        i++;
      }
    }
    return List.copyOf(tokens);
  }

  private boolean digitAt(int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private int word(int start) {
    int i = start;
    while (i < text.length() && DumpScanner.isIdentifierPart(text.charAt(i))) {
      i++;
    }
    String word = text.substring(start, i).toLowerCase(Locale.ROOT);
    if (i < text.length() && text.charAt(i) == '\'') {
      return quoted(start, i, word.equals("e"));
    }
    tokens.add(new Token(Kind.WORD, word, start, i));
    return i;
  }

  private int number(int start) {
    int i = start + 1;
    while (i < text.length() && (digitAt(i) || text.charAt(i) == '.')) {
      i++;
    }
    tokens.add(new Token(Kind.WORD, text.substring(start, i), start, i));
    return i;
  }

  private int quoted(int start, int quoteAt, boolean escapes) {
    char quote = text.charAt(quoteAt);
    int i = quoteAt + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (escapes && c == '\\') {
        i++;
      } else if (c == quote && (i + 1 >= text.length() || text.charAt(i + 1) != quote)) {
        break;
      } else if (c == quote) {
        i++;
      }
      i++;
    }
    int end = Math.min(i + 1, text.length());
    Kind kind = quote == '"' ? Kind.NAME : Kind.TEXT;
    String value =
        kind == Kind.NAME
            ? decoded(text.substring(quoteAt + 1, end - 1).replace("\"\"", "\""))
            : text.substring(start, end);
    tokens.add(new Token(kind, value, start, end));
    return end;
  }

  /** A text as the scanner has it: one character for each of its UTF-8 bytes. */
  static String encoded(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The characters of a text that holds one character for each of its UTF-8 bytes. */
  static String decoded(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
