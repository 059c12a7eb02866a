package dev.tsferry.cli.time;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** The system's clock and real waiting, with ten percent of jitter upwards. */
public final class SystemPacer implements Pacer {

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void pause(Duration duration) {
    long millis = duration.toMillis();
    try {
      Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(ErrorCode.CANCELLED, "waiting: interrupted", e);
    }
  }
}
