package dev.tsferry.runner.stream.loss;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** How often and how long work is tried again after its connection was lost. */
public final class Retries {
  // A service that gets a bigger disk or restarts is away for some minutes.
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int ATTEMPTS = 30;
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 30_000;

  private final StepContext context;
  private final Runnable beforeRetry;
  private final Cancellation cancellation;
  private final Instant deadline = Instant.now().plus(PATIENCE);
  private int attempts;

  public Retries(StepContext context, Runnable beforeRetry, Cancellation cancellation) {
    this.context = context;
    this.beforeRetry = beforeRetry;
    this.cancellation = cancellation;
  }

  /** Tells of the loss and waits a while; gives up when it took too long. */
  public void waitAfter(String doing, Exception loss) throws InterruptedException {
    attempts++;
    if (attempts > ATTEMPTS || Instant.now().isAfter(deadline)) {
      throw loss instanceof MigrationException told ? told : given(doing, loss);
    }
    context.warn("%s: %s; trying again".formatted(doing, words(loss)));
    long millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts - 1, 10));
    Instant until = Instant.now().plusMillis(millis);
    while (Instant.now().isBefore(until)) {
      cancellation.check();
      context.checkCancelled();
      Thread.sleep(Math.min(100, millis));
    }
    try {
      beforeRetry.run();
    } catch (MigrationException e) {
      if (!Losses.isLoss(e)) {
        throw e;
      }
    }
  }

  private static RuntimeException given(String work, Exception loss) {
    String doing = work + ", again and again";
    if (loss instanceof SourceException e) {
      return ServerErrors.working(Side.SOURCE, doing, e.original());
    }
    return loss instanceof SQLException e
        ? ServerErrors.working(Side.TARGET, doing, e)
        : (RuntimeException) loss;
  }

  private static String words(Exception loss) {
    if (loss instanceof SourceException e) {
      return "the source said: " + ServerErrors.message(e.original());
    }
    return loss instanceof SQLException e
        ? "the target said: " + ServerErrors.message(e)
        : String.valueOf(loss.getMessage());
  }
}
