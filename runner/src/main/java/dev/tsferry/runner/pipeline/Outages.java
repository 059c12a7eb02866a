package dev.tsferry.runner.pipeline;

import dev.tsferry.plan.outcome.MigrationException;

/** Waits until what a step failed for is over, where it is something that passes. */
@FunctionalInterface
public interface Outages {

  /** Nothing passes. */
  Outages NONE = (step, failure, context) -> false;

  /**
   * Waits.
   *
   * @param context to tell of it
   * @return whether the step is to be begun again
   */
  boolean waitOut(String step, MigrationException failure, StepContext context)
      throws InterruptedException;
}
