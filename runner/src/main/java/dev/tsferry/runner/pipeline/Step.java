package dev.tsferry.runner.pipeline;

import java.io.IOException;
import java.util.Optional;

/**
 * One part of the pipeline. Immutable, gets what it needs by its constructor, prints nothing, and
 * may be called again after it was killed anywhere: it has its effect once.
 */
public interface Step {

  /** A stable name in events, reports and the ledger, such as {@code pre-data}. */
  String id();

  /** A few words for people. */
  String title();

  /** Why there is nothing to do, or empty if there is. */
  default Optional<String> skip() {
    return Optional.empty();
  }

  /**
   * Does the step's work.
   *
   * @return a few words on what was done
   * @throws dev.tsferry.plan.outcome.MigrationException if it fails in a known way
   * @throws IOException if a file of the run can't be read or written
   */
  String run(StepContext context) throws IOException, InterruptedException;
}
