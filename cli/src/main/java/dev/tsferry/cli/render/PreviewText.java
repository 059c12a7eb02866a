package dev.tsferry.cli.render;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.check.RunPreview;
import dev.tsferry.plan.check.RunPreview.Command;
import dev.tsferry.plan.check.RunPreview.Step;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What a run would do, for people.
 *
 * <pre>
 * dump: dump the source
 *   source  SELECT pg_export_snapshot() -- SNAPSHOT below
 *   host    /usr/lib/postgresql/15/bin/pg_dump --dbname=… --section=pre-data --snapshot=SNAPSHOT
 * </pre>
 */
public final class PreviewText {
  private static final String FURTHER_LINE = "\n" + " ".repeat(10);

  private PreviewText() {}

  /**
   * Prints {@code preview}.
   *
   * @param local whether there is no plan
   */
  public static void print(PrintWriter out, RunPreview preview, boolean local) {
    CheckText.print(out, preview.check(), local);
    out.println();
    if (preview.steps().isEmpty()) {
      out.println(
          "dry run: the run would end here, because of the errors above; nothing was written");
      out.flush();
      return;
    }
    int commands = 0;
    for (Step step : preview.steps()) {
      out.printf("%s: %s%n", step.step(), step.title());
      if (!step.note().isEmpty()) {
        out.printf("  (%s)%n", printable(step.note()));
      }
      for (Command command : step.commands()) {
        out.printf(
            "  %-7s %s%n",
            command.where().name().toLowerCase(Locale.ROOT),
            printable(command.text()).replace("\n", FURTHER_LINE));
      }
      commands += step.commands().size();
      out.println();
    }
    out.printf(
        "dry run: %,d commands and statements in %s; nothing was written%n",
        commands, Counted.of(preview.steps().size(), "step"));
    out.flush();
  }

  // Names may hold anything, also what would break the terminal; lines are the statements' own.
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }
}
