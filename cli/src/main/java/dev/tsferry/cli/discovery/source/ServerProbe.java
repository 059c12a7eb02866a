package dev.tsferry.cli.discovery.source;

import dev.tsferry.plan.DatabaseAddress;
import java.util.List;
import java.util.Optional;

/** Asks the source itself, where it can be reached from here and a password is at hand. */
@FunctionalInterface
public interface ServerProbe {
  /** Asks nobody. */
  ServerProbe NONE = address -> Optional.empty();

  /**
   * What the server says; empty where there is no password to ask with.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException with one of the source's codes if it could
   *     not be asked
   */
  Optional<Answer> ask(DatabaseAddress address);

  /**
   * An answer.
   *
   * @param version such as {@code 15.18}
   * @param databases that can be carried, sorted by name
   */
  record Answer(String version, List<Database> databases) {
    public Answer {
      databases = List.copyOf(databases);
    }
  }

  /** A database with its size in bytes. */
  record Database(String name, long bytes) {}
}
