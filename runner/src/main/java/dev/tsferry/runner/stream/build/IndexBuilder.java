package dev.tsferry.runner.stream.build;

import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.loss.Losses;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One worker's session that builds: each statement in a transaction of its own that begins with its
 * row in the ledger, so that it is there once or not at all, and known by that. Commits are not
 * waited for: a server that crashes loses both. A validation has no row, so its commit is.
 */
final class IndexBuilder implements AutoCloseable {
  private static final String PURPOSE = "index";

  private static final String NOT_VALID =
      """
      select format('alter table %I.%I validate constraint %I', n.nspname, c.relname, k.conname)
        from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where k.contype = 'f' and not k.convalidated and n.nspname = ? and c.relname = ? and k.conname = ?
      """;

  private final Server target;
  private final Cancellation cancellation;
  private final Ledger.Run run;
  private final int jobs;
  private Session session;
  private BuildSettings settings;
  private int parallel;

  /**
   * @param target within {@code cancellation}
   */
  IndexBuilder(Server target, Cancellation cancellation, Ledger.Run run, int jobs) {
    this.target = target;
    this.cancellation = cancellation;
    this.run = run;
    this.jobs = jobs;
  }

  /**
   * Builds one.
   *
   * @param as the statement to execute, which may differ from the dump's
   * @param left how many builds are left, this one among them
   * @return why the target refused it, or empty if it is there
   * @throws SQLException if the session was lost; the build may be tried again
   */
  Optional<SQLException> build(TableStatement build, SchemaStatement as, int left)
      throws SQLException {
    open();
    try {
      parallel(settings.parallel(left, jobs));
      session.executeRaw(
          "begin; %s; %s\n; commit"
              .formatted(Ledger.recordStatement(run, build.row(), ""), as.text()));
      return Optional.empty();
    } catch (SQLException e) {
      cancellation.check();
      if (Losses.isLoss(e)) {
        throw e;
      }
      session.executeRaw("rollback");
      // The answer to an earlier commit was lost.
      return Ledger.isRecorded(e) ? Optional.empty() : Optional.of(e);
    }
  }

  /**
   * Has the rows of a foreign key looked at that is not valid.
   *
   * @return why the target refused it, or empty if it is valid
   * @throws SQLException if the session was lost
   */
  Optional<SQLException> validate(TableStatement key) throws SQLException {
    open();
    Optional<String> statement =
        session.first(
            "looking whether a key is valid",
            NOT_VALID,
            row -> row.getString(1),
            key.table().schema(),
            key.table().name(),
            key.name());
    if (statement.isEmpty()) {
      return Optional.empty();
    }
    try {
      session.executeRaw("set synchronous_commit = on; " + statement.get());
      return Optional.empty();
    } catch (SQLException e) {
      cancellation.check();
      if (Losses.isLoss(e)) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private void open() throws SQLException {
    if (session == null) {
      Session made = target.connectForScript(PURPOSE);
      session = made;
      settings = BuildSettings.of(session, jobs);
      session.executeRaw(
          "set maintenance_work_mem = '%dkB'; set synchronous_commit = off"
              .formatted(settings.memoryKilobytes()));
      parallel = -1;
    }
  }

  private void parallel(int processes) throws SQLException {
    if (processes != parallel) {
      session.executeRaw("set max_parallel_maintenance_workers = " + processes);
      parallel = processes;
    }
  }

  /** Ends the session, in the middle of a build too; the next build makes a new one. */
  @Override
  public void close() {
    if (session != null) {
      session.abort();
      session = null;
    }
  }
}
