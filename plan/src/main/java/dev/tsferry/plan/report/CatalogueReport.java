package dev.tsferry.plan.report;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import java.util.List;

/**
 * What a comparison of the two sides' catalogues found: what {@code tsferry compare --json} prints.
 *
 * @param version version of this format
 * @param objects objects of the source that were looked at
 */
public record CatalogueReport(
    int version, Endpoint source, Endpoint target, int objects, List<Difference> differences) {

  public static final int VERSION = 1;

  public CatalogueReport {
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    differences = List.copyOf(differences);
  }

  /** Whether there is a difference that should not be. */
  public boolean differs() {
    return differences.stream()
        .anyMatch(difference -> difference.verdict() == Difference.Verdict.WRONG);
  }
}
