package dev.tsferry.cli.time;

import java.time.Duration;
import java.time.Instant;

/** The clock and the only way to wait, so that whoever polls can be tested without waiting. */
public interface Pacer {

  /** The time now. */
  Instant now();

  /**
   * Waits about {@code duration}, a little more or less, so that many followers do not ask at the
   * same moment.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code CANCELLED} if the thread is
   *     interrupted
   */
  void pause(Duration duration);
}
