package dev.tsferry.runner.dump;

import dev.tsferry.runner.dump.SqlTokens.Token;
import java.util.List;

/**
 * A statement of a schema dump as it goes to the target.
 *
 * @param text with its semicolon
 */
public record SchemaStatement(String text) {
  private static final int TITLE_LENGTH = 160;
  private static final int WORDS = 8;

  /** Whether it begins with these words, given in lower case. */
  public boolean starts(String... words) {
    return RewriteRules.starts(SqlTokens.of(text, Math.max(WORDS, words.length)), words);
  }

  /** What it does to which object, such as {@code CREATE INDEX "i" ON "s"."t"}. */
  public String title() {
    String head = text.strip().replaceAll("\\s+", " ");
    int end = head.startsWith("CREATE FUNCTION") ? head.indexOf(") ") + 1 : head.indexOf(" (");
    if (head.startsWith("CREATE ") && end > 0) {
      head = head.substring(0, end);
    }
    head = head.endsWith(";") ? head.substring(0, head.length() - 1) : head;
    return head.length() <= TITLE_LENGTH ? head : head.substring(0, TITLE_LENGTH - 1) + "…";
  }

  /** The statement as a report may show it: shortened, without what may hold a password. */
  public String shown() {
    String shown = SchemaDump.withoutOptions(text.strip());
    return shown.length() <= 500 ? shown : shown.substring(0, 499) + "…";
  }

  /** The whole statement, without what may hold a password. */
  public String preview() {
    return SchemaDump.withoutOptions(text.strip());
  }

  /** The quoted name after {@code words} words, such as {@code "s"."t"}. */
  public String nameAfter(int words) {
    List<Token> tokens = SqlTokens.of(text, words + 3);
    int last = tokens.size() > words + 2 && tokens.get(words + 1).is(".") ? words + 2 : words;
    return text.substring(tokens.get(words).start(), tokens.get(last).end());
  }
}
