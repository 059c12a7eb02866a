package dev.tsferry.lab.judge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the two sides' facts and takes away what was announced. */
public final class Judge {
  private static final Pattern ROWS = Pattern.compile("^(\\d+) rows with digest");

  private Judge() {}

  /**
   * What the comparison came to.
   *
   * @param things things of the source that were looked at
   * @param tables tables among them, with materialized views
   * @param rows rows in these, each in its table's digest
   * @param announced differences that the report explains, with the explanation
   * @param left differences that it doesn't
   */
  public record Judgement(
      int things, int tables, long rows, List<String> announced, List<String> left) {}

  /**
   * Judges one crossing.
   *
   * @param before the facts of the target before it
   * @param state the state directory of the run
   */
  public static Judgement judge(Path source, Path before, Path target, Path state)
      throws IOException {
    Facts from = Facts.of(source);
    Facts empty = Facts.of(before);
    Facts to = Facts.of(target);
    Announcements announcements = Announcements.of(state).with(Parts.of(to.things()));
    List<String> announced = new ArrayList<>();
    List<String> left = new ArrayList<>();
    SortedSet<String> keys = new TreeSet<>(from.things().keySet());
    keys.addAll(to.things().keySet());
    for (String key : keys) {
      List<String> missing = without(from.things().get(key), to.things().get(key));
      List<String> extra =
          without(without(to.things().get(key), from.things().get(key)), empty.things().get(key));
      for (String one : missing) {
        sort("- ", key, one, announcements, announced, left);
      }
      for (String one : extra) {
        sort("+ ", key, one, announcements, announced, left);
      }
    }
    List<Long> rows =
        from.things().entrySet().stream()
            .filter(thing -> thing.getKey().startsWith("\"rows of "))
            .map(thing -> ROWS.matcher(thing.getValue().get(0)))
            .filter(Matcher::find)
            .map(number -> Long.valueOf(number.group(1)))
            .toList();
    return new Judgement(
        from.things().size(),
        rows.size(),
        rows.stream().mapToLong(Long::longValue).sum(),
        announced,
        left);
  }

  private static void sort(
      String side,
      String key,
      String statement,
      Announcements announcements,
      List<String> announced,
      List<String> left) {
    String line = side + key + "\n    " + statement.replace("\n", "\n    ");
    announcements
        .announced(key, statement)
        .ifPresentOrElse(
            because -> announced.add(line + "\n    = " + because), () -> left.add(line));
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> rest = new ArrayList<>(some == null ? List.of() : some);
    if (others != null) {
      others.forEach(rest::remove);
    }
    return rest;
  }
}
