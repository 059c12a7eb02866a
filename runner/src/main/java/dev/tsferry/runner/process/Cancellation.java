package dev.tsferry.runner.process;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The wish to end a run early, and what must be stopped when it comes: child processes and queries
 * in work.
 */
public final class Cancellation {
  private final Set<Runnable> actions = new LinkedHashSet<>();
  private boolean cancelled;

  /** What is no longer to be stopped once this is closed. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops everything registered, once; later registrations are stopped at once. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (this) {
      cancelled = true;
      toRun = new ArrayList<>(actions);
      actions.clear();
    }
    toRun.forEach(Runnable::run);
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Ends the calling work if the run is cancelled.
   *
   * @throws MigrationException {@code CANCELLED} if so
   */
  public void check() {
    if (isCancelled()) {
      throw exception();
    }
  }

  /** Has {@code action} called on cancellation, until the returned registration is closed. */
  public Registration onCancel(Runnable action) {
    boolean now;
    synchronized (this) {
      now = cancelled;
      if (!now) {
        actions.add(action);
      }
    }
    if (now) {
      action.run();
    }
    return () -> {
      synchronized (this) {
        actions.remove(action);
      }
    };
  }

  /** The failure that a cancelled run ends with. */
  public static MigrationException exception() {
    return new MigrationException(
        ErrorCode.CANCELLED,
        "the run was cancelled",
        "start the run again to go on from the last recorded step");
  }
}
