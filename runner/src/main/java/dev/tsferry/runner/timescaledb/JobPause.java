package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.ChangeNotes;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;

/**
 * The source's background jobs: a job that drops or compresses chunks while they are dumped stops
 * the dump or is stopped by it. Which ones were scheduled is written into the target's ledger
 * before the first is paused, so that they are put back exactly as they were, whoever dies when.
 *
 * @see <a href="https://docs.tigerdata.com/api/latest/jobs-automation/alter_job/">alter_job</a>
 */
public final class JobPause {
  private static final String PAUSING = "pausing the source's background jobs";
  private static final String RESUMING = "putting the source's background jobs back as they were";
  private static final String LEDGER = "noting the source's background jobs in the ledger";
  private static final String TABLE =
      """
      create table if not exists tsferry.source_job (
        id int primary key,
        scheduled boolean not null,
        paused boolean not null
      )
      """;

  private final Server source;
  private final Server target;
  private final ChangeNotes notes;

  public JobPause(Server source, Server target, ChangeNotes notes) {
    this.source = source;
    this.target = target;
    this.notes = notes;
  }

  private record Note(List<Integer> scheduled) {}

  /**
   * A job as the ledger has it.
   *
   * @param scheduled whether it was scheduled before anything was paused
   */
  public record Job(int id, boolean scheduled) {}

  /** Notes every job of the user, then pauses those that are scheduled; returns their number. */
  public int pause() {
    List<Job> scheduled;
    try (Session session = source.connect("jobs")) {
      if (!TimescaleExtension.of(session).orElseThrow().fullEdition()) {
        // Its scheduler runs no job of a user.
        note(jobs(session), false);
        return 0;
      }
      note(jobs(session), true);
      scheduled = noted().stream().filter(Job::scheduled).toList();
      notes.write(ChangeNotes.Kind.SOURCE_JOBS, new Note(scheduled.stream().map(Job::id).toList()));
      schedule(session, PAUSING, scheduled, false);
    }
    return scheduled.size();
  }

  /**
   * Puts back what was paused, a cancelled or dead run's too, also where the ledger can't be
   * reached; returns the number of jobs.
   */
  public int resume() {
    List<Job> paused;
    try {
      paused = pausedByLedger();
    } catch (MigrationException e) {
      Optional<Note> note = notes.read(ChangeNotes.Kind.SOURCE_JOBS, Note.class);
      if (note.isEmpty()) {
        throw notResumed(e);
      }
      // The note stays, and with it the errand to write it into the ledger.
      return resume(note.get().scheduled().stream().map(id -> new Job(id, true)).toList());
    }
    int resumed = resume(paused);
    if (resumed > 0) {
      try (Session ledger = target.regardlessOfCancellation().connect("jobs")) {
        ledger.execute(LEDGER, "update tsferry.source_job set paused = false where paused");
      }
    }
    notes.forget(ChangeNotes.Kind.SOURCE_JOBS);
    return resumed;
  }

  /** The number of jobs that {@link #resume} would put back. */
  public int pending() {
    return pausedByLedger().size();
  }

  private int resume(List<Job> paused) {
    if (!paused.isEmpty()) {
      try (Session session = source.regardlessOfCancellation().connect("jobs")) {
        schedule(session, RESUMING, paused, true);
      } catch (MigrationException e) {
        throw notResumed(e);
      }
    }
    return paused.size();
  }

  private List<Job> pausedByLedger() {
    try (Session ledger = target.regardlessOfCancellation().connect("jobs")) {
      return isNoted(ledger)
          ? ledger.list(
              LEDGER,
              "select id, scheduled from tsferry.source_job where paused and scheduled order by id",
              row -> new Job(row.getInt(1), row.getBoolean(2)))
          : List.of();
    }
  }

  private static MigrationException notResumed(MigrationException e) {
    return new MigrationException(
        e.code(),
        "%s: %s".formatted(RESUMING, e.getMessage()),
        e,
        "\"tsferry status\" or the next run puts them back; or, on the source: select public.alter_job(job_id, scheduled => true) for each job that was scheduled (the target's table tsferry.source_job names them)");
  }

  /** Every job as it was before anything was paused; none where nothing was noted. */
  public List<Job> noted() {
    try (Session ledger = target.connect("jobs")) {
      if (!isNoted(ledger)) {
        return List.of();
      }
      return ledger.list(
          LEDGER,
          "select id, scheduled from tsferry.source_job order by id",
          row -> new Job(row.getInt(1), row.getBoolean(2)));
    }
  }

  private static boolean isNoted(Session ledger) {
    return ledger.isTrue(LEDGER, "select pg_catalog.to_regclass('tsferry.source_job') is not null");
  }

  private static List<Job> jobs(Session session) {
    return session.list(
        PAUSING,
        "select job_id, scheduled from timescaledb_information.jobs where job_id >= %d order by 1"
            .formatted(JobTable.FIRST_USER_JOB),
        row -> new Job(row.getInt(1), row.getBoolean(2)));
  }

  // What an earlier attempt paused and didn't put back is known by its note, not by its look now.
  private void note(List<Job> jobs, boolean paused) {
    try (Session ledger = target.connect("jobs")) {
      ledger.transaction(
          LEDGER,
          connection -> {
            ledger.executeRaw(TABLE);
            ledger.executeRaw("delete from tsferry.source_job where not paused");
            try (PreparedStatement insert =
                connection.prepareStatement(
                    "insert into tsferry.source_job values (?, ?, ?) on conflict do nothing")) {
              for (Job job : jobs) {
                insert.setInt(1, job.id());
                insert.setBoolean(2, job.scheduled());
                insert.setBoolean(3, paused);
                insert.addBatch();
              }
              insert.executeBatch();
            }
          });
    }
  }

  // The one thing that is ever written to a source, which is why its sessions are read-only else.
  private static void schedule(Session session, String doing, List<Job> jobs, boolean scheduled) {
    if (jobs.isEmpty()) {
      return;
    }
    session.execute(doing, "begin read write");
    for (Job job : jobs) {
      session.list(
          "%s: job %d".formatted(doing, job.id()),
          "select job_id from public.alter_job(?, scheduled => ?, if_exists => true)",
          row -> row.getInt(1),
          job.id(),
          scheduled);
    }
    session.execute(doing, "commit");
  }
}
