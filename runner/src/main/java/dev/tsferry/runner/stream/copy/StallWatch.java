package dev.tsferry.runner.stream.copy;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what a copy waits for that does not move: a lock and who holds it, the disk, the network.
 * For people's eyes only: whatever goes wrong with it is no failure.
 */
final class StallWatch implements AutoCloseable {
  private static final Duration STILL = Duration.ofSeconds(10);
  private static final String SQL =
      """
      select case when a.wait_event_type = 'Lock' then
               'waits for a lock that '
               || coalesce((select string_agg(distinct coalesce(b.application_name, '') || ' of '
                              || coalesce(b.usename, 'somebody') || ', process ' || b.pid, '; ')
                              from pg_catalog.pg_stat_activity b
                             where b.pid = any (pg_catalog.pg_blocking_pids(a.pid))), 'somebody')
               || ' holds'
             when a.wait_event_type is null then 'the target works on it'
             else 'the target waits for ' || a.wait_event_type || ' ' || a.wait_event end
        from pg_catalog.pg_stat_activity a
       where a.application_name = 'tsferry-copy' and a.datname = current_database()
         and a.pid <> pg_catalog.pg_backend_pid()
       order by a.wait_event_type = 'Lock' desc nulls last, a.query_start
       limit 1
      """;

  private final Server target;
  private final CopyProgress progress;
  private Session session;
  private long bytes = -1;
  private Instant since = Instant.now();
  private boolean closed;

  StallWatch(Server target, CopyProgress progress) {
    this.target = target;
    this.progress = progress;
  }

  /** What is waited for, if nothing moved for a while. */
  synchronized Optional<String> look(CopyProgress.Now now) {
    if (now.copying() == 0
        || now.wireBytes() != bytes
        || progress.now().wireBytes() != now.wireBytes()) {
      bytes = now.wireBytes();
      since = Instant.now();
      return Optional.empty();
    }
    Duration still = Duration.between(since, Instant.now());
    if (closed || still.compareTo(STILL) < 0) {
      return Optional.empty();
    }
    return Optional.of("nothing moved for %d s: %s".formatted(still.toSeconds(), why()));
  }

  private String why() {
    try {
      if (session == null) {
        session = target.connect("watch");
      }
      return session.first("watching the target", SQL, row -> row.getString(1)).orElse("no answer");
    } catch (MigrationException e) {
      closeSession();
      return "the target does not answer";
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeSession();
  }

  private void closeSession() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
