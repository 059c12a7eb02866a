package dev.tsferry.lab.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A {@code pg_dump --schema-only --create --quote-all-identifiers}, taken apart by the headings
 * that pg_dump puts before each object:
 *
 * <pre>
 * -- Name: orders orders_pkey; Type: CONSTRAINT; Schema: shop; Owner: seller
 * </pre>
 */
final class DumpedSchema {
  private static final Pattern HEADING =
      Pattern.compile(
          "^--\\n-- Name: (.*); Type: ([A-Z ]+); Schema: (.*); Owner: ?(.*?)(?:; Tablespace: .*)?\\n--\\n",
          Pattern.MULTILINE);

  private static final Pattern CONNECT =
      Pattern.compile("^\\\\(unrestrict|connect) ", Pattern.MULTILINE);

  /** What pg_dump sets in between, where the value changes. */
  private static final Pattern SESSION =
      Pattern.compile("^SET default_(tablespace|table_access_method) = .*;$", Pattern.MULTILINE);

  private static final Pattern TABLE_PRIVILEGES =
      Pattern.compile("^((?:ALTER DEFAULT PRIVILEGES .* )?(?:GRANT|REVOKE) )([A-Z,]+) ON TABLES? ");

  private static final String ALL = "SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER";

  private DumpedSchema() {}

  /**
   * The statements of each object, under its kind, schema and name.
   *
   * @param database the dumped database's name, which is made the same for both sides
   * @param owner the role that stands for the target's user
   */
  static SortedMap<String, List<String>> read(String dump, String database, String owner) {
    SortedMap<String, List<String>> objects = new TreeMap<>();
    List<int[]> places = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    Matcher heading = HEADING.matcher(dump);
    while (heading.find()) {
      places.add(new int[] {heading.start(), heading.end()});
      keys.add("%s %s.%s".formatted(heading.group(2), heading.group(3), heading.group(1)).strip());
    }
    for (int i = 0; i < places.size(); i++) {
      int end = i + 1 < places.size() ? places.get(i + 1)[0] : end(dump);
      // What follows the database's own statements belongs to none of its objects.
      String text = CONNECT.split(dump.substring(places.get(i)[1], end), 2)[0];
      String key = keys.get(i);
      if (key.startsWith("DATABASE") || key.contains(" -.DATABASE ")) {
        key = key.replace(quoted(database), "(the database)").replace(database, "(the database)");
        text = text.replace(quoted(database), "\"(the database)\"");
      }
      objects
          .computeIfAbsent(key, unused -> new ArrayList<>())
          .addAll(statements(key, renamed(text, owner)));
    }
    return objects;
  }

  private static int end(String dump) {
    int end = dump.lastIndexOf("--\n-- PostgreSQL database dump complete");
    return end < 0 ? dump.length() : end;
  }

  private static List<String> statements(String key, String text) {
    String plain = SESSION.matcher(text).replaceAll("").strip();
    // Privileges are in the order in which they were given, settings by number.
    boolean lines =
        key.startsWith("ACL") || key.startsWith("DEFAULT ACL") || key.startsWith("DATABASE");
    return Arrays.stream(plain.split(lines ? "\n" : "\n\n+"))
        .map(String::strip)
        .map(DumpedSchema::privileges)
        .filter(statement -> !statement.isEmpty() && !statement.startsWith("\\"))
        // Settings are a list of their own, with the roles.
        .filter(statement -> !statement.matches("ALTER (DATABASE|ROLE .* IN DATABASE) .* SET .*"))
        .toList();
  }

  // MAINTAIN is new in 17, and ALL means all that the server's version has.
  private static String privileges(String statement) {
    Matcher grant = TABLE_PRIVILEGES.matcher(statement);
    if (!grant.find()) {
      return statement;
    }
    String list = grant.group(2).equals("ALL") ? ALL : grant.group(2);
    String sorted =
        Arrays.stream(list.split(",", -1))
            .filter(privilege -> !privilege.equals("MAINTAIN"))
            .sorted()
            .collect(Collectors.joining(","));
    return grant.group(1) + sorted + statement.substring(grant.end(2));
  }

  private static String renamed(String text, String owner) {
    return text.replaceAll(
        "\\b(OWNER TO|TO|FROM|FOR ROLE|SESSION AUTHORIZATION|FOR|,) "
            + Pattern.quote(quoted(owner))
            + "(?!\\.)",
        "$1 \"tsdbadmin\"");
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
