package dev.tsferry.cli.local;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.runner.CatalogueCheck;
import dev.tsferry.runner.LineContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A comparison of the two sides' catalogues from this machine; writes to neither. */
public final class LocalComparison {
  private LocalComparison() {}

  /**
   * Compares the databases of {@code SOURCE} and {@code TARGET}.
   *
   * @param rows whether all rows are compared, too
   * @param progress told now and then how far that is
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if they are not
   *     understood, or one of a side's codes if it can't be read
   */
  public static CatalogueReport compare(
      Map<String, String> environment,
      List<String> skipExtensions,
      boolean rows,
      Consumer<String> progress) {
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
          skipExtensions,
          rows ? Optional.of(new LineContext(progress)) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(ErrorCode.CANCELLED, "comparing both databases: interrupted");
    } finally {
      RuntimeDirectory.delete(runtime);
    }
  }
}
