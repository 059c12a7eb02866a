package dev.tsferry.plan.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import java.util.List;

/**
 * What a comparison of the two sides found, of their catalogues and where asked of their rows: what
 * {@code tsferry compare --json} prints.
 *
 * @param version version of this format
 * @param objects objects of the source that were looked at
 * @param rows what else was compared with {@code --rows}, or null
 */
public record CatalogueReport(
    int version,
    Endpoint source,
    Endpoint target,
    int objects,
    List<Difference> differences,
    @JsonInclude(JsonInclude.Include.NON_NULL) Rows rows) {

  public static final int VERSION = 1;

  public CatalogueReport {
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    differences = List.copyOf(differences);
  }

  /**
   * Rows that were compared.
   *
   * @param rows the source's
   */
  public record Rows(int tables, long rows) {}

  /** Whether there is a difference that should not be. */
  public boolean differs() {
    return differences.stream()
        .anyMatch(difference -> difference.verdict() == Difference.Verdict.WRONG);
  }
}
