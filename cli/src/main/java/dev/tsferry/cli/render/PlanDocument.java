package dev.tsferry.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.discovery.Discovered;
import dev.tsferry.cli.discovery.PlanChange;
import dev.tsferry.cli.discovery.finding.Decision;
import dev.tsferry.cli.estimate.CostEstimate;
import dev.tsferry.cli.estimate.TimeEstimate;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.MigrationPlan;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What {@code tsferry plan --json} prints.
 *
 * <pre>
 * {"version": 1, "plan": {…}, "facts": ["forces TLS"],
 *  "decisions": [{"what": "subnet", "choice": "subnet-0abc (eu-west-1a)", "why": "…"}],
 *  "warnings": ["…"], "changes": [{"path": "$.source.sizeBytes", "before": "1", "after": "2"}],
 *  "minutes": {"host": 10, "runAtLeast": 9, "runAtMost": 67},
 *  "dollars": {"hourly": 0.11, "total": 2.05, "pricesOf": "2026-06"}}
 * </pre>
 *
 * @param changes to the file, where it is brought up to date; else null
 */
public record PlanDocument(
    int version,
    MigrationPlan plan,
    List<String> facts,
    List<Decision> decisions,
    List<String> warnings,
    List<PlanChange> changes,
    Minutes minutes,
    Dollars dollars) {

  /** How long it takes. */
  public record Minutes(long host, long runAtLeast, long runAtMost) {}

  /** What it costs; null where the instance's price is not known. */
  public record Dollars(double hourly, double total, String pricesOf) {}

  /** The document of a plan. */
  public static PlanDocument of(Discovered discovered, List<PlanChange> changes) {
    MigrationPlan plan = discovered.plan();
    TimeEstimate time = TimeEstimate.of(plan.source().sizeBytes(), plan.pipeline().dataMode());
    CostEstimate cost = CostEstimate.of(plan, time);
    return new PlanDocument(
        1,
        plan,
        discovered.facts(),
        discovered.decisions(),
        discovered.warnings(),
        changes,
        new Minutes(time.host().toMinutes(), time.atLeast().toMinutes(), time.atMost().toMinutes()),
        cost.known()
            ? new Dollars(cents(cost.hourly()), cents(cost.total()), cost.pricesOf())
            : null);
  }

  private static double cents(double dollars) {
    return Math.round(dollars * 100) / 100.0;
  }

  /** The document as text. */
  public String text() {
    try {
      return Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
