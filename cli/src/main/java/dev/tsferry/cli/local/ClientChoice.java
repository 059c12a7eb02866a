package dev.tsferry.cli.local;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Chooses the client programs: newest that are neither older than the source nor newer than the
 * target.
 */
final class ClientChoice {
  private ClientChoice() {}

  /**
   * The major version to use.
   *
   * @param installed ascending
   * @param source asked only if there is a choice
   * @param target asked only if there is a choice
   * @throws MigrationException {@code TOOL_MISSING} if nothing is installed
   */
  static int major(
      List<Integer> installed, Supplier<OptionalInt> source, Supplier<OptionalInt> target) {
    if (installed.isEmpty()) {
      throw new MigrationException(
          ErrorCode.TOOL_MISSING,
          "looking for PostgreSQL's client programs: there is no pg_dump on this machine",
          "sudo apt-get install -y postgresql-client, or for another major version: sudo apt-get install -y postgresql-common && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y && sudo apt-get install -y postgresql-client-VERSION");
    }
    int newest = installed.get(installed.size() - 1);
    if (installed.size() == 1) {
      return newest;
    }
    int most = target.get().orElse(Integer.MAX_VALUE);
    int least = source.get().orElse(0);
    return installed.stream()
        .filter(major -> major >= least && major <= most)
        .reduce((first, second) -> second)
        .orElse(newest);
  }
}
