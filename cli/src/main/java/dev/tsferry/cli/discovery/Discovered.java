package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.MigrationPlan;
import java.util.List;

/**
 * A plan and what its reader should know of how it came about.
 *
 * @param warnings sentences, worst first
 */
public record Discovered(MigrationPlan plan, List<String> warnings) {
  public Discovered {
    requireNonNull(plan, "plan is null");
    warnings = List.copyOf(warnings);
  }
}
