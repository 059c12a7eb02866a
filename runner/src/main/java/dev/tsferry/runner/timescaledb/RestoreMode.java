package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.ChangeNotes;
import java.util.ArrayList;
import java.util.List;

/**
 * TimescaleDB's restore mode of the target: a setting of the database itself, which every session
 * made meanwhile has, and which outlives whoever switched it on. A database left in it refuses to
 * work as it should, so whoever finds it on after a crash switches it off.
 *
 * @see <a
 *     href="https://docs.tigerdata.com/api/latest/administration/#timescaledb_post_restore">timescaledb_post_restore</a>
 */
public final class RestoreMode {
  private static final String BEGINNING = "switching the target's TimescaleDB to restore mode";
  private static final String ENDING = "ending the restore mode of the target's TimescaleDB";
  private static final String HINT =
      "run \"select public.timescaledb_post_restore()\" on the target";

  private final Server target;
  private final ChangeNotes notes;

  public RestoreMode(Server target, ChangeNotes notes) {
    this.target = target;
    this.notes = notes;
  }

  /** Work that is done in restore mode. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E, InterruptedException;
  }

  /**
   * Whether the database's setting is on; asked of the catalogue, so that no session's own hides
   * it.
   */
  public static boolean isOn(Session session) {
    return session.isTrue(
        "asking for TimescaleDB's restore mode",
        """
        select exists (
          select from pg_catalog.pg_db_role_setting s, unnest(s.setconfig) c
           where s.setdatabase = (select oid from pg_catalog.pg_database
                                   where datname = current_database())
             and s.setrole = 0 and c in ('timescaledb.restoring=on', 'timescaledb.restoring=true'))
        """);
  }

  /** Does {@code work} in restore mode and ends it on every way out, a cancelled run's too. */
  public <T, E extends Exception> T during(Work<T, E> work) throws E, InterruptedException {
    T result;
    try {
      begin();
      result = work.run();
    } catch (Throwable failure) {
      endAfter(failure);
      throw failure;
    }
    end();
    return result;
  }

  /**
   * Ends it if it is on, and says whether it was.
   *
   * @throws MigrationException if the target refuses, with the statement to run
   */
  public boolean endIfOn() {
    try (Session session = target.regardlessOfCancellation().connect("restore")) {
      boolean on = isOn(session);
      if (on) {
        session.execute(ENDING, "select public.timescaledb_post_restore()");
        target.forgetVisits();
      }
      notes.forget(ChangeNotes.Kind.RESTORE_MODE);
      return on;
    } catch (MigrationException e) {
      throw new MigrationException(e.code(), e.getMessage(), e, HINT);
    }
  }

  /** Whether it is on now. */
  public boolean isOn() {
    try (Session session = target.connect("restore")) {
      return isOn(session);
    }
  }

  private void begin() {
    notes.write(ChangeNotes.Kind.RESTORE_MODE, HINT);
    try (Session session = target.connect("restore")) {
      session.execute(BEGINNING, "select public.timescaledb_pre_restore()");
    }
    target.forgetVisits();
  }

  // Called even where nothing seems to be on: it restarts the background workers, too.
  private void end() {
    try (Session session = target.regardlessOfCancellation().connect("restore")) {
      session.execute(ENDING, "select public.timescaledb_post_restore()");
      target.forgetVisits();
      notes.forget(ChangeNotes.Kind.RESTORE_MODE);
    } catch (MigrationException e) {
      throw new MigrationException(e.code(), e.getMessage(), e, HINT);
    }
  }

  // The first failure says why; that the mode is still on must be told with it.
  private void endAfter(Throwable failure) {
    try {
      endIfOn();
    } catch (MigrationException e) {
      failure.addSuppressed(e);
      if (failure instanceof MigrationException first) {
        List<String> hints = new ArrayList<>(first.hints());
        hints.add("the next run ends the restore mode, or: " + HINT);
        throw new MigrationException(
            first.code(),
            first.getMessage().equals(e.getMessage())
                ? first.getMessage()
                : "%s; and %s".formatted(first.getMessage(), e.getMessage()),
            hints,
            first);
      }
    }
  }
}
