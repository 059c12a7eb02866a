package dev.tsferry.runner.stream.copy;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.state.RunPause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How fast all workers together may go, for the sake of both servers: below a number of bytes a
 * second, not at all while the run is paused, and no longer than the source's snapshot may be held.
 */
public final class Pace {
  private static final long NANOS = 1_000_000_000L;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final long bytesPerSecond;
  private final RunPause pause;
  private final Optional<Instant> until;
  private long freeAt = System.nanoTime();
  private long lookAt = System.nanoTime();
  private volatile boolean held;

  /**
   * @param bytesPerSecond 0 for no limit
   * @param until when the snapshot is too old
   */
  public Pace(long bytesPerSecond, RunPause pause, Optional<Instant> until) {
    this.bytesPerSecond = bytesPerSecond;
    this.pause = requireNonNull(pause, "pause is null");
    this.until = requireNonNull(until, "until is null");
  }

  /** Whether the run is paused. */
  boolean held() {
    return held;
  }

  /**
   * Makes sure that the snapshot may be held on.
   *
   * @throws MigrationException {@code TIMED_OUT} if it is too old
   */
  void check() {
    if (until.isPresent() && Instant.now().isAfter(until.get())) {
      throw new MigrationException(
          ErrorCode.TIMED_OUT,
          "copying the rows: the source's snapshot is as old as the plan allows, so it was given back",
          "run again: what is copied stays, the rest is copied in a new snapshot",
          "or raise --max-snapshot-age");
    }
  }

  /**
   * Returns when {@code bytes} may go.
   *
   * @throws MigrationException {@code TIMED_OUT} if the snapshot gets too old in a pause
   */
  void pass(long bytes) throws InterruptedException {
    while (isPaused()) {
      check();
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    long wait = reserve(bytes);
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }

  // A look at the file system for each frame would cost more than the frame.
  private synchronized boolean isPaused() {
    long now = System.nanoTime();
    if (now - lookAt >= 0) {
      held = pause.isOn();
      lookAt = now + LOOK.toNanos();
    }
    return held;
  }

  private synchronized long reserve(long bytes) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    long now = System.nanoTime();
    long wait = freeAt - now;
    freeAt = Math.max(now, freeAt) + bytes * NANOS / bytesPerSecond;
    return wait;
  }
}
