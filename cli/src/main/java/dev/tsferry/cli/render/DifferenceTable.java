package dev.tsferry.cli.render;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.io.PrintWriter;
import java.util.List;

/** Differences between the two sides' catalogues: how many of each class, and the wrong ones. */
public final class DifferenceTable {
  private DifferenceTable() {}

  /** Prints a line of numbers and each difference that should not be. */
  public static void print(PrintWriter out, List<Difference> differences) {
    if (differences.isEmpty()) {
      return;
    }
    out.println();
    out.println(
        "differences between the schemas: %d wrong, %d handed over, %d expected"
            .formatted(
                count(differences, Difference.Verdict.WRONG),
                count(differences, Difference.Verdict.HANDED_OVER),
                count(differences, Difference.Verdict.EXPECTED)));
    for (Difference difference : differences) {
      if (difference.verdict() == Difference.Verdict.WRONG) {
        out.println("  WRONG " + text(difference));
      }
    }
  }

  /** Prints every difference of every class, with its reason. */
  public static void printAll(PrintWriter out, List<Difference> differences) {
    print(out, differences);
    for (Difference difference : differences) {
      if (difference.verdict() != Difference.Verdict.WRONG) {
        boolean expected = difference.verdict() == Difference.Verdict.EXPECTED;
        out.println(
            "  %s %s (%s)"
                .formatted(
                    expected ? "expected" : "handed over", text(difference), difference.reason()));
      }
    }
  }

  /** What must be said where all is well: that something could not be carried; else nothing. */
  static String exception(List<Difference> differences) {
    long tables =
        differences.stream()
            .filter(difference -> difference.verdict() == Difference.Verdict.HANDED_OVER)
            .filter(difference -> difference.kind().equals("table"))
            .map(Difference::object)
            .distinct()
            .count();
    return tables == 0
        ? ""
        : ", except %s that could not be carried as before".formatted(Counted.of(tables, "table"));
  }

  /** Whether there is one that should not be. */
  public static boolean differs(List<Difference> differences) {
    return count(differences, Difference.Verdict.WRONG) > 0;
  }

  private static long count(List<Difference> differences, Difference.Verdict verdict) {
    return differences.stream().filter(difference -> difference.verdict() == verdict).count();
  }

  // Names and definitions may hold anything, also what would break a line or the terminal.
  private static String text(Difference difference) {
    return "%s %s: %s"
        .formatted(difference.kind(), difference.object(), difference.detail())
        .replaceAll("\\s+", " ")
        .replaceAll("\\p{Cntrl}", "?");
  }
}
