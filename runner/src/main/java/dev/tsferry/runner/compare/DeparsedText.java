package dev.tsferry.runner.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether two servers of different versions say the same query in their own words.
 *
 * <p>Since 16 a server leaves a column's table out where there is only one, so a name may be
 * qualified on one side only. The side that leaves it out names the one table in its FROM, which is
 * compared like everything else.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/commit/47bb9db75996232ea71fc1e1888ffb0e70579b54">The
 *     change in PostgreSQL 16</a>
 */
final class DeparsedText {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"]|\"\")*\"|[eE]?'(?:[^']|'')*'|[\\p{L}_][\\p{L}\\p{N}_$]*|[0-9.]+|\\s+|.",
          Pattern.DOTALL);

  private DeparsedText() {}

  static boolean same(String one, String other) {
    return one.equals(other)
        || same(tokens(QuotedNames.plain(one)), tokens(QuotedNames.plain(other)));
  }

  private static boolean same(List<String> one, List<String> other) {
    int i = 0;
    int k = 0;
    while (i < one.size() && k < other.size()) {
      if (isQualified(one, i) && !isQualified(other, k) && one.get(i + 2).equals(other.get(k))) {
        i += 2;
      } else if (isQualified(other, k)
          && !isQualified(one, i)
          && other.get(k + 2).equals(one.get(i))) {
        k += 2;
      } else if (isNoIndent(one, i) && !isNoIndent(other, k)) {
        i += 2;
        continue;
      } else if (isNoIndent(other, k) && !isNoIndent(one, i)) {
        k += 2;
        continue;
      } else if (!one.get(i).equals(other.get(k))) {
        return false;
      }
      i++;
      k++;
    }
    return i == one.size() && k == other.size();
  }

  private static boolean isQualified(List<String> tokens, int i) {
    return i + 2 < tokens.size() && isName(tokens.get(i)) && tokens.get(i + 1).equals(".");
  }

  // XMLSERIALIZE says since 16 what was always so.
  private static boolean isNoIndent(List<String> tokens, int i) {
    return i + 1 < tokens.size()
        && tokens.get(i).equals("NO")
        && tokens.get(i + 1).equals("INDENT");
  }

  private static boolean isName(String token) {
    char first = token.charAt(0);
    return first == '"' || first == '_' || (Character.isLetter(first) && !token.endsWith("'"));
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      if (!matcher.group().isBlank()) {
        tokens.add(matcher.group());
      }
    }
    return tokens;
  }
}
