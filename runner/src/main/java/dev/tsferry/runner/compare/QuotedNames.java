package dev.tsferry.runner.compare;

import java.util.regex.Pattern;

/**
 * Names without quotes that they would not need. Which words need them depends on the server's
 * version: a new one may have a keyword more.
 */
public final class QuotedNames {
  private static final Pattern NEEDLESS = Pattern.compile("(?<!\")\"([a-z_][a-z0-9_$]*)\"(?!\")");

  private QuotedNames() {}

  /** {@code text} with plain names unquoted, such as {@code s.json} of {@code s."json"}. */
  public static String plain(String text) {
    return text == null ? null : NEEDLESS.matcher(text).replaceAll("$1");
  }
}
