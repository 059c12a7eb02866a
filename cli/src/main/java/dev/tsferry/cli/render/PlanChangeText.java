package dev.tsferry.cli.render;

import dev.tsferry.cli.discovery.PlanChange;
import dev.tsferry.cli.discovery.PlanUpdate;
import java.io.PrintWriter;
import java.util.List;

/** The difference between a plan's file and what AWS says now. */
public final class PlanChangeText {
  private static final int VALUE = 60;

  private PlanChangeText() {}

  /** Prints what changes, and what stays because its owner edited it. */
  public static void print(PrintWriter out, PlanUpdate update) {
    print(out, "changes", update.changes());
    for (PlanChange kept : update.kept()) {
      out.printf(
          "  kept  %s: %s (discovery would say %s)%n",
          kept.path(), value(kept.before()), value(kept.after()));
    }
  }

  private static void print(PrintWriter out, String title, List<PlanChange> changes) {
    if (!changes.isEmpty()) {
      out.printf("%d %s%n", changes.size(), changes.size() == 1 ? "change" : title);
    }
    for (PlanChange change : changes) {
      out.printf(
          "  %s: %s -> %s%s%n",
          change.path(),
          value(change.before()),
          value(change.after()),
          change.effect().isEmpty() ? "" : " (" + change.effect() + ")");
    }
  }

  private static String value(String value) {
    if (value == null) {
      return "nothing";
    }
    String line = value.replace("\n", " ").strip();
    return line.length() > VALUE ? line.substring(0, VALUE - 1) + "…" : line;
  }
}
