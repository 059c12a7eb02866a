package dev.tsferry.cli.local;

import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.runner.CatalogueCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A comparison of the two sides' catalogues from this machine; writes to neither. */
public final class LocalComparison {
  private LocalComparison() {}

  /**
   * Compares the databases of {@code SOURCE} and {@code TARGET}.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if they are not
   *     understood, or one of a side's codes if it can't be read
   */
  public static CatalogueReport compare(
      Map<String, String> environment, List<String> skipExtensions) {
    LocalDatabases databases = LocalDatabases.of(environment);
    LocalDatabase source = databases.source();
    LocalDatabase target = databases.target();
    Path runtime = RuntimeDirectory.make(environment);
    try {
      return CatalogueCheck.compare(
          source.address(),
          target.address(),
          LocalRequest.passwords(source.password(), target.password()),
          runtime,
          skipExtensions);
    } finally {
      RuntimeDirectory.delete(runtime);
    }
  }
}
