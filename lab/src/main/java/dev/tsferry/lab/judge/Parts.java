package dev.tsferry.lab.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which relation has its owner from another: a chunk from its hypertable, a sequence from the table
 * of its column.
 *
 * @param wholes the other one by each one's name, without quotes
 */
record Parts(Map<String, String> wholes) {
  private static final String CHUNK = "\"hypertable of ";
  private static final Pattern IDENTITY =
      Pattern.compile(
          "^ALTER TABLE (.*) ALTER COLUMN .* ADD GENERATED .* AS IDENTITY \\(\\s*SEQUENCE NAME (.*)$",
          Pattern.MULTILINE);
  private static final Pattern OWNED_BY =
      Pattern.compile("^ALTER SEQUENCE (.*) OWNED BY (.*)\\.\"(?:[^\"]|\"\")*\";$");

  Parts {
    wholes = Map.copyOf(wholes);
  }

  /** Those of one side. */
  static Parts of(SortedMap<String, List<String>> things) {
    Map<String, String> wholes = new HashMap<>();
    things.forEach(
        (thing, values) -> {
          if (thing.startsWith(CHUNK)) {
            String name = text(thing).substring(CHUNK.length() - 1);
            wholes.put(Announcements.unquoted(name), Announcements.unquoted(values.get(0)));
          } else if (thing.startsWith("SEQUENCE ")) {
            values.forEach(statement -> sequence(statement, wholes));
          }
        });
    return new Parts(wholes);
  }

  /** The name of the one that it goes with, or its own. */
  String whole(String name) {
    return wholes.getOrDefault(name, name);
  }

  private static void sequence(String statement, Map<String, String> wholes) {
    Matcher identity = IDENTITY.matcher(statement);
    Matcher owned = OWNED_BY.matcher(statement);
    if (identity.find()) {
      wholes.put(
          Announcements.unquoted(identity.group(2)), Announcements.unquoted(identity.group(1)));
    } else if (owned.find()) {
      wholes.put(Announcements.unquoted(owned.group(1)), Announcements.unquoted(owned.group(2)));
    }
  }

  private static String text(String json) {
    try {
      return new ObjectMapper().readValue(json, String.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a thing is named by " + json, e);
    }
  }
}
