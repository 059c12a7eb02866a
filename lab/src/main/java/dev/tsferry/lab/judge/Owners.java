package dev.tsferry.lab.judge;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The owners that objects have on the source and, as the report or the handover script says, not on
 * the target.
 *
 * @param announced the source's owner by kind and name of the object, all without quotes
 */
record Owners(Map<String, String> announced) {
  private static final Pattern OWNER =
      Pattern.compile("^ALTER ([A-Z ]+?) ([\"0-9].*) OWNER TO (.*?);?$");
  private static final Pattern GRANT =
      Pattern.compile(
          "^GRANT .*? ON ([A-Z ]+?) ([\"0-9].*?) TO (\"(?:[^\"]|\"\")*\"|\\S+?)(?: WITH GRANT OPTION)?;?$");

  Owners {
    announced = Map.copyOf(announced);
  }

  /** Those in {@code statements}, each on one line. */
  static Owners of(Collection<String> statements) {
    Map<String, String> announced = new HashMap<>();
    for (String statement : statements) {
      Matcher owner = OWNER.matcher(statement);
      if (owner.matches()) {
        announced.put(
            kind(owner.group(1)) + name(owner.group(2)), Announcements.unquoted(owner.group(3)));
      }
    }
    return new Owners(announced);
  }

  /**
   * Why a statement was to be expected to differ: it says who owns such an object, or grants that
   * owner what the object's new one has to grant.
   *
   * @param statement on one line
   */
  Optional<String> explain(String statement, Parts parts) {
    Matcher owner = OWNER.matcher(statement);
    if (owner.matches() && announced(owner.group(1), owner.group(2), parts).isPresent()) {
      return Optional.of("another owner is announced");
    }
    Matcher grant = GRANT.matcher(statement);
    if (grant.matches()
        && announced(grant.group(1), grant.group(2), parts)
            .filter(Announcements.unquoted(grant.group(3))::equals)
            .isPresent()) {
      return Optional.of("another owner is announced, so the source's is granted what it may do");
    }
    return Optional.empty();
  }

  private Optional<String> announced(String kind, String object, Parts parts) {
    return Optional.ofNullable(announced.get(kind(kind) + parts.whole(name(object))));
  }

  // One namespace each.
  private static String kind(String word) {
    return switch (word) {
      case "TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "SEQUENCE" -> "relation ";
      case "FUNCTION", "PROCEDURE", "AGGREGATE", "ROUTINE" -> "routine ";
      case "TYPE", "DOMAIN" -> "type ";
      case "SERVER", "FOREIGN SERVER" -> "server ";
      default -> word + " ";
    };
  }

  // Arguments are named and written in ways of their own by both; here their number has to do.
  private static String name(String object) {
    int arguments = outside(object, '(', 0);
    if (arguments < 0) {
      return Announcements.unquoted(object);
    }
    int number = object.endsWith("()") ? 0 : 1;
    for (int at = outside(object, ',', arguments); at >= 0; at = outside(object, ',', at + 1)) {
      number++;
    }
    return Announcements.unquoted(object.substring(0, arguments)).strip() + "/" + number;
  }

  private static int outside(String text, char wanted, int from) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        quoted = !quoted;
      } else if (i >= from && !quoted && text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }
}
