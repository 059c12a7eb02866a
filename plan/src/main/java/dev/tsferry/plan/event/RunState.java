package dev.tsferry.plan.event;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where a run stands now: the one small document that the runner rewrites atomically (at least
 * every two seconds, as its heartbeat) and that a follower polls.
 *
 * @param lastSeq sequence number of the newest event written before this document
 * @param updatedAt when it was written; an old one with {@link Status#RUNNING} means that the
 *     runner died
 * @param steps every step in order with what became of it
 * @param progress how far the current step is, or null
 * @param failure why the run ended badly, or null
 * @param exitCode the runner's exit code once it ended, or null
 */
public record RunState(
    String run,
    int attempt,
    Status status,
    long lastSeq,
    Instant startedAt,
    Instant updatedAt,
    List<StepState> steps,
    Progress progress,
    Failure failure,
    Integer exitCode) {

  public RunState {
    requireNonNull(run, "run is null");
    requireNonNull(status, "status is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    steps = List.copyOf(steps);
  }

  /** What became of the run. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** The same in a word, when no process is there that could still be running it. */
    public String afterwards() {
      return this == RUNNING ? "died" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of a step. */
  public enum StepStatus {
    PENDING,
    RUNNING,
    DONE,
    SKIPPED,
    FAILED
  }

  /**
   * One step.
   *
   * @param millis wall-clock time in milliseconds; so far, while it runs
   * @param summary what it did, or null
   */
  public record StepState(
      String id, String title, StepStatus status, long millis, String summary) {}

  /**
   * How far the current step is.
   *
   * @param what the object in work, such as a table's name or a file
   * @param done units done
   * @param total units in all, or 0 where nobody knows
   * @param unit {@code byte}, {@code row}, {@code table} or {@code statement}
   */
  public record Progress(String step, String what, long done, long total, String unit) {}

  /**
   * Why the run ended badly, in the words of {@link dev.tsferry.plan.outcome.MigrationException}.
   */
  public record Failure(ErrorCode code, String message, List<String> hints) {
    public Failure {
      hints = List.copyOf(hints);
    }
  }
}
