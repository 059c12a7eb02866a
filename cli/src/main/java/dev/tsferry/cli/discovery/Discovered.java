package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Decision;
import dev.tsferry.plan.MigrationPlan;
import java.util.List;

/**
 * A plan and what its reader should know of how it came about.
 *
 * @param facts what AWS says of the source and the plan does not hold, each a few words
 * @param decisions what was chosen, and why
 * @param warnings sentences, worst first
 */
public record Discovered(
    MigrationPlan plan, List<String> facts, List<Decision> decisions, List<String> warnings) {
  public Discovered {
    requireNonNull(plan, "plan is null");
    facts = List.copyOf(facts);
    decisions = List.copyOf(decisions);
    warnings = List.copyOf(warnings);
  }
}
