package dev.tsferry.runner.step;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.Outages;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits out a target that ended the run's sessions: a service does so while it gets a bigger disk,
 * which takes some minutes and happens at most once in six hours.
 *
 * @see <a href="https://docs.tigerdata.com/migrate/latest/troubleshooting/">terminating connection
 *     due to administrator command</a>
 */
public final class TargetOutages implements Outages {
  private static final int MOST = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_WORDS = Duration.ofMinutes(1);
  private static final String SIX_HOURS =
      "a service's disk can be resized only once in six hours: if it is full again before, wait or ask its support for a bigger one";

  private final String firstStep;
  private final BooleanSupplier answers;
  private final Pause pause;
  private int outages;

  /** Waits a while; the system's in a run. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * @param firstStep before which there is nothing to lose by failing at once
   * @param answers whether the target takes a session that may write
   */
  public TargetOutages(String firstStep, BooleanSupplier answers, Pause pause) {
    this.firstStep = firstStep;
    this.answers = answers;
    this.pause = pause;
  }

  /** The outages of a run. */
  public static TargetOutages of(Workspace workspace) {
    return new TargetOutages(
        PreflightStep.ID, () -> answers(workspace), time -> Thread.sleep(time.toMillis()));
  }

  @Override
  public boolean waitOut(String step, MigrationException failure, StepContext context)
      throws InterruptedException {
    boolean interrupted = failure.code() == ErrorCode.TARGET_INTERRUPTED;
    // Right after it ended the sessions, it refuses new ones.
    boolean unreachable = failure.code() == ErrorCode.TARGET_UNREACHABLE;
    if (step.equals(firstStep) || !(interrupted || unreachable)) {
      return false;
    }
    outages++;
    if (outages > MOST) {
      context.warn(
          "the target ended the run's sessions %d times; %s".formatted(outages, SIX_HOURS));
      return false;
    }
    context.warn(
        "%s; a service ends all sessions while it gets a bigger disk or restarts: waiting up to %d minutes until it takes them again, then %s is begun again; %s"
            .formatted(failure.getMessage(), PATIENCE.toMinutes(), step, SIX_HOURS));
    return comesBack(step, context);
  }

  private boolean comesBack(String step, StepContext context) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration told = Duration.ZERO;
    Duration next = FIRST_PAUSE;
    while (waited.compareTo(PATIENCE) < 0) {
      pause.of(next);
      context.checkCancelled();
      waited = waited.plus(next);
      if (answers.getAsBoolean()) {
        context.info("the target takes sessions again; %s is begun again".formatted(step));
        return true;
      }
      if (waited.minus(told).compareTo(BETWEEN_WORDS) >= 0) {
        told = waited;
        context.info(
            "still waiting for the target, for %d minutes now".formatted(waited.toMinutes()));
      }
      next = next.multipliedBy(2);
      next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }
    context.warn("the target took no session for %d minutes".formatted(PATIENCE.toMinutes()));
    return false;
  }

  private static boolean answers(Workspace workspace) {
    try (Session session = workspace.target().connect("outage")) {
      return session.isTrue(
          "asking whether the target is back",
          "select not pg_catalog.pg_is_in_recovery() and not current_setting('transaction_read_only')::boolean");
    } catch (MigrationException e) {
      return false;
    }
  }
}
