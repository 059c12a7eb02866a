package dev.tsferry.runner.setting;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A setting that a database has, for everybody or for one role.
 *
 * @param role empty for everybody
 * @param name such as {@code search_path}
 * @param value as the catalogue has it, such as {@code "$user", public}
 */
public record Setting(String role, String name, String value) {
  // The settings whose elements the server quotes as names.
  // https://github.com/postgres/postgres/blob/REL_17_STABLE/src/bin/pg_dump/dumputils.c
  private static final Set<String> LISTS =
      Set.of(
          "local_preload_libraries",
          "search_path",
          "session_preload_libraries",
          "shared_preload_libraries",
          "temp_tablespaces",
          "unix_socket_directories");

  public Setting {
    requireNonNull(role, "role is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }

  /** An element of the catalogue's {@code setconfig}, such as {@code work_mem=64MB}. */
  static Setting of(String role, String entry) {
    int end = entry.indexOf('=');
    return new Setting(role, entry.substring(0, end), entry.substring(end + 1));
  }

  /** What SET takes, each to be quoted as a text: the elements of a list, else the whole value. */
  List<String> elements() {
    return LISTS.contains(name.toLowerCase(Locale.ROOT)) ? split(value) : List.of(value);
  }

  // As SplitGUCList() does: names in double quotes may hold commas, and quotes twice.
  private static List<String> split(String list) {
    List<String> elements = new ArrayList<>();
    int i = 0;
    while (i < list.length()) {
      char c = list.charAt(i);
      if (c == ',' || Character.isWhitespace(c)) {
        i++;
        continue;
      }
      StringBuilder element = new StringBuilder();
      i = c == '"' ? quoted(list, i + 1, element) : bare(list, i, element);
      elements.add(element.toString());
    }
    // An empty list is the one empty name.
    return elements.isEmpty() ? List.of("") : List.copyOf(elements);
  }

  private static int bare(String list, int start, StringBuilder element) {
    int end = list.indexOf(',', start);
    end = end < 0 ? list.length() : end;
    element.append(list.substring(start, end).strip());
    return end;
  }

  private static int quoted(String list, int start, StringBuilder element) {
    int i = start;
    while (i < list.length()) {
      char c = list.charAt(i);
      if (c == '"' && (i + 1 >= list.length() || list.charAt(i + 1) != '"')) {
        return i + 1;
      }
      element.append(c);
      i += c == '"' ? 2 : 1;
    }
    return i;
  }
}
