package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.util.Optional;

/**
 * Makes the target's extension anew in another version, which only an empty target survives. A
 * session that has met one version can't load another, so each statement has its own.
 *
 * @see <a href="https://docs.tigerdata.com/migrate/latest/troubleshooting/">Drop and create in a
 *     version</a>
 */
public final class ExtensionMove {
  private static final String DOING = "moving the target's TimescaleDB to version ";

  private final Server target;

  public ExtensionMove(Server target) {
    this.target = target;
  }

  /**
   * Moves it, and does nothing where it has the version already.
   *
   * @throws MigrationException {@code TARGET_UNSUITABLE} if a hypertable is there
   */
  public void to(String version) {
    String doing = DOING + version;
    Optional<TimescaleExtension> before = now(doing);
    if (before.isPresent() && !before.get().version().equals(version)) {
      try (Session session = target.connect("extension")) {
        session.execute(doing, "drop extension timescaledb");
      }
    }
    if (before.isEmpty() || !before.get().version().equals(version)) {
      try (Session session = target.connect("extension")) {
        String quoted = session.text(doing, "select quote_literal(?::text)", version);
        session.execute(doing, "create extension timescaledb schema public version " + quoted);
      }
      // A session that has loaded one version's library can't work with the other's.
      target.forgetVisits();
    }
  }

  private Optional<TimescaleExtension> now(String doing) {
    try (Session session = target.connect("extension")) {
      Optional<TimescaleExtension> extension = TimescaleExtension.of(session);
      if (extension.isPresent()
          && session.isTrue(doing, "select exists (select from _timescaledb_catalog.hypertable)")) {
        throw new MigrationException(
            ErrorCode.TARGET_UNSUITABLE,
            doing + ": the target has hypertables, which would be lost",
            "give an empty service");
      }
      return extension;
    }
  }
}
