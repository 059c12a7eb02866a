package dev.tsferry.runner.undo;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.quiesce.ReadOnlySource;
import dev.tsferry.runner.state.ChangeNotes;
import dev.tsferry.runner.state.ChangeNotes.Kind;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.JobPause;
import dev.tsferry.runner.timescaledb.RestoreMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run changes for its own time: the source's read-only setting, its background jobs, and the
 * target's restore mode. Each is written down before it is made, in the target's ledger and in the
 * state directory, and undone by whoever comes next: the run itself, the unit that it ran in, the
 * next run, {@code status} or {@code rollback}.
 */
public final class TemporaryChanges {
  private final Server source;
  private final Server target;
  private final ChangeNotes notes;

  /** Undoing comes after a cancellation, too. */
  public TemporaryChanges(Server source, Server target, Path stateDirectory) {
    this.source = requireNonNull(source, "source is null").regardlessOfCancellation();
    this.target = requireNonNull(target, "target is null").regardlessOfCancellation();
    this.notes = new ChangeNotes(stateDirectory);
  }

  /**
   * Something that was undone, or is to be.
   *
   * @param text in words or as a statement
   */
  public record Change(Kind kind, String text) {
    public Change {
      requireNonNull(kind, "kind is null");
      requireNonNull(text, "text is null");
    }
  }

  /**
   * What became of undoing.
   *
   * @param failures why something could not be undone; the rest was all the same
   */
  public record Undone(List<Change> changes, List<MigrationException> failures) {
    public static final Undone NOTHING = new Undone(List.of(), List.of());

    public Undone {
      changes = List.copyOf(changes);
      failures = List.copyOf(failures);
    }

    /** In words. */
    public List<String> texts() {
      return changes.stream().map(Change::text).toList();
    }

    /** Throws the first failure, if there is one. */
    public Undone orThrow() {
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
      return this;
    }
  }

  /** Whether the state directory says that something may be in force; asks no server. */
  public boolean isNoted() {
    return List.of(Kind.values()).stream().anyMatch(notes::has);
  }

  /** What {@link #undo} would do. */
  public List<String> pending() {
    List<String> pending = new ArrayList<>(readOnly().pending());
    int jobs = jobs().pending();
    if (jobs > 0) {
      pending.add(jobsAgain(jobs));
    }
    if (isOurs() && restoreMode().isOn()) {
      pending.add("select public.timescaledb_post_restore()");
    }
    return pending;
  }

  /** Undoes everything that is in force; what can't be undone keeps nothing else from being. */
  public Undone undo() {
    List<Change> changes = new ArrayList<>();
    List<MigrationException> failures = new ArrayList<>();
    attempt(
        failures,
        () ->
            readOnly()
                .undo()
                .forEach(text -> changes.add(new Change(Kind.SOURCE_READ_ONLY, text))));
    attempt(
        failures,
        () -> {
          int jobs = jobs().resume();
          if (jobs > 0) {
            changes.add(new Change(Kind.SOURCE_JOBS, jobsAgain(jobs)));
          }
        });
    attempt(
        failures,
        () -> {
          if (isOurs() && restoreMode().endIfOn()) {
            changes.add(new Change(Kind.RESTORE_MODE, "the target's restore mode is ended"));
          }
        });
    return new Undone(changes, failures);
  }

  // Restore mode that nobody of us switched on is nobody's business of ours.
  private boolean isOurs() {
    return notes.has(Kind.RESTORE_MODE) || new Ledger(target).run().isPresent();
  }

  private static void attempt(List<MigrationException> failures, Runnable undoing) {
    try {
      undoing.run();
    } catch (MigrationException e) {
      failures.add(e);
    }
  }

  private static String jobsAgain(int jobs) {
    return "%d background jobs of the source are scheduled again".formatted(jobs);
  }

  private ReadOnlySource readOnly() {
    return new ReadOnlySource(source, target, notes);
  }

  private JobPause jobs() {
    return new JobPause(source, target, notes);
  }

  private RestoreMode restoreMode() {
    return new RestoreMode(target, notes);
  }
}
