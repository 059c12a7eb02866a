package dev.tsferry.cli.render;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.check.CheckReport.Candidate;
import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The findings of a check for people, the worst first.
 *
 * <pre>
 * error    missing-select       shop.orders
 *          the source's user may not read shop.orders
 *          GRANT SELECT ON TABLE shop.orders TO carrier;
 * </pre>
 */
public final class CheckText {
  private static final String INDENT = " ".repeat(9);

  private CheckText() {}

  /**
   * Prints {@code report}.
   *
   * @param local whether there is no plan, so that a proposal is told as options
   */
  public static void print(PrintWriter out, CheckReport report, boolean local) {
    endpoint(out, "source", report.source());
    endpoint(out, "target", report.target());
    out.println();
    for (Finding finding : report.findings()) {
      out.printf(
          "%-8s %-28s %s%n",
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.code(),
          printable(finding.subject()));
      out.println(INDENT + printable(finding.cause()));
      if (!finding.remedy().isEmpty()) {
        out.println(INDENT + "-> " + printable(finding.remedy()));
      }
    }
    out.println();
    proposal(out, report, local);
    out.printf(
        "%s, %s, %s%n",
        Counted.of(report.count(Severity.ERROR), "error"),
        Counted.of(report.count(Severity.WARNING), "warning"),
        Counted.of(report.count(Severity.INFO), "note"));
    out.flush();
  }

  private static void endpoint(PrintWriter out, String side, Endpoint endpoint) {
    if (endpoint == null) {
      out.printf("%s  could not be reached%n", side);
      return;
    }
    out.printf(
        "%s  %s:%d/%s, PostgreSQL %s%s%n",
        side,
        endpoint.host(),
        endpoint.port(),
        endpoint.database(),
        endpoint.serverVersion(),
        endpoint.timescaledbVersion() == null
            ? ""
            : ", TimescaleDB " + endpoint.timescaledbVersion());
  }

  private static void proposal(PrintWriter out, CheckReport report, boolean local) {
    Pipeline proposal = report.proposal();
    if (proposal == null) {
      return;
    }
    List<Hypertable> proposed =
        report.candidates().stream()
            .filter(candidate -> candidate.impossible().isEmpty())
            .map(Candidate::hypertable)
            .toList();
    if (!proposed.isEmpty()) {
      out.println(
          local
              ? "proposed hypertables, as options of \"tsferry run --local\":"
              : "proposed hypertables (\"tsferry check --accept\" writes them into the plan):");
      proposed.forEach(hypertable -> out.println("  --hypertable " + option(hypertable)));
      out.println();
    }
    out.printf("proposed client programs: PostgreSQL %d%n", proposal.clientMajor());
  }

  // Quoted for a POSIX shell.
  private static String option(Hypertable hypertable) {
    String text =
        "%s.%s:%s%s"
            .formatted(
                identifier(hypertable.table().schema()),
                identifier(hypertable.table().name()),
                identifier(hypertable.timeColumn()),
                hypertable.interval().map(interval -> ":" + interval).orElse(""));
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String identifier(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  // Names may hold anything, also what would break the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
