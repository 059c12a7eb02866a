package dev.tsferry.runner;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.runner.compare.CatalogueComparison;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.preflight.SkippedExtensions;
import dev.tsferry.runner.process.Cancellation;
import java.nio.file.Path;
import java.util.Collection;

/** Compares two databases' catalogues outside of a run; reads only. */
public final class CatalogueCheck {
  private CatalogueCheck() {}

  /**
   * Compares.
   *
   * @param runtimeDirectory where a certificate authority is put while it lasts
   * @throws dev.tsferry.plan.outcome.MigrationException with one of a side's codes, if it can't be
   *     read
   */
  public static CatalogueReport compare(
      DatabaseAddress sourceAddress,
      DatabaseAddress targetAddress,
      PasswordSource passwords,
      Path runtimeDirectory,
      Collection<String> skipExtensions) {
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
      CatalogueComparison.Result result =
          CatalogueComparison.compare(source, target, SkippedExtensions.with(skipExtensions));
      return new CatalogueReport(
          CatalogueReport.VERSION,
          ReportMaker.endpoint(source),
          ReportMaker.endpoint(target),
          result.objects(),
          result.differences());
    }
  }
}
