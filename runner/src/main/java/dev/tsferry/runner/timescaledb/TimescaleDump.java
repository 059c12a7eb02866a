package dev.tsferry.runner.timescaledb;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.io.InputStream;
import java.util.List;

/** What is special about the rows of a source that has TimescaleDB. */
public final class TimescaleDump {
  private static final String DOING = "dumping the source's TimescaleDB";

  private TimescaleDump() {}

  /** pg_dump's patterns of tables whose rows it is to leave out. */
  public static List<String> excludedData(Server source, Guide guide) {
    try (Session session = source.connect("dump")) {
      if (TimescaleExtension.of(session).isEmpty()) {
        return List.of();
      }
      // Its own catalogue says nothing where it isn't used, and the target's has its own.
      // No service has tablespaces, so what lies in which stays behind.
      return guide == Guide.POSTGRESQL
          ? List.of("_timescaledb_*.*")
          : List.of(JobTable.of(session).pattern(), "_timescaledb_catalog.tablespace");
    }
  }

  /** The jobs as {@link JobCopy} writes them, as of {@code snapshot}. */
  public static InputStream jobs(Server source, Server target, JobPause pause, String snapshot) {
    List<Integer> scheduled;
    try (Session session = target.connect("dump")) {
      // Without the full edition nothing runs them, and nothing could schedule them later.
      scheduled =
          TimescaleExtension.of(session).orElseThrow().fullEdition()
              ? List.of()
              : pause.noted().stream()
                  .filter(JobPause.Job::scheduled)
                  .map(JobPause.Job::id)
                  .toList();
    }
    try (Session session = source.connect("dump")) {
      String quoted = session.text(DOING, "select quote_literal(?::text)", snapshot);
      session.execute(DOING, "begin isolation level repeatable read read only");
      session.execute(DOING, "set transaction snapshot " + quoted);
      return JobCopy.of(session, target.address().user(), scheduled);
    }
  }
}
