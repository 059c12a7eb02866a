package dev.tsferry.runner;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.CatalogueReport.Rows;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.runner.compare.CatalogueComparison;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.preflight.SkippedExtensions;
import dev.tsferry.runner.process.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares two databases' catalogues, and their rows, outside of a run; reads only. */
public final class CatalogueCheck {
  private CatalogueCheck() {}

  /**
   * Compares.
   *
   * @param runtimeDirectory where a certificate authority is put while it lasts
   * @param rows what is told while rows are compared, too, if they are
   * @throws dev.tsferry.plan.outcome.MigrationException with one of a side's codes, if it can't be
   *     read
   */
  public static CatalogueReport compare(
      DatabaseAddress sourceAddress,
      DatabaseAddress targetAddress,
      PasswordSource passwords,
      Path runtimeDirectory,
      Collection<String> skipExtensions,
      Optional<StepContext> rows)
      throws IOException, InterruptedException {
    Cancellation cancellation = new Cancellation();
    try (Server source =
            new Server(
                Side.SOURCE,
                sourceAddress,
                () -> passwords.source().value(),
                runtimeDirectory,
                cancellation);
        Server target =
            new Server(
                Side.TARGET,
                targetAddress,
                () -> passwords.target().value(),
                runtimeDirectory,
                cancellation)) {
      SkippedExtensions skipped = SkippedExtensions.with(skipExtensions);
      CatalogueComparison.Result result = CatalogueComparison.compare(source, target, skipped);
      List<Difference> differences = new ArrayList<>(result.differences());
      Rows compared = null;
      if (rows.isPresent()) {
        RowCheck check = new RowCheck(source, target, skipped);
        compared = check.compare(result, rows.get()).orElse(null);
        differences.addAll(check.differences());
      }
      return new CatalogueReport(
          CatalogueReport.VERSION,
          ReportMaker.endpoint(source),
          ReportMaker.endpoint(target),
          result.objects(),
          differences,
          compared);
    }
  }
}
