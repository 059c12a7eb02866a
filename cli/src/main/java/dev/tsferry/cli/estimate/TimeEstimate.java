package dev.tsferry.cli.estimate;

import dev.tsferry.plan.DataMode;
import java.time.Duration;

/**
 * How long a migration takes, by the size of its source and the way of its rows.
 *
 * <p>The quick end is what the lab measures from preflight to verified (streamed 55 MB a second,
 * with a core each for source and target; through files 22 MB, on two shared cores); the slow end
 * is the target's own guide, which says one to four hours for 10 to 50 GB and up to twelve for 100
 * GB.
 *
 * @param host deploying the stack and preparing the host
 * @param atLeast the run, during which nothing may write to the source
 * @param atMost the same
 */
public record TimeEstimate(Duration host, Duration atLeast, Duration atMost) {
  private static final long STREAMED_BYTES_PER_SECOND = 55_000_000;
  private static final long DUMPED_BYTES_PER_SECOND = 22_000_000;
  private static final long SLOW_BYTES_PER_SECOND = 3_000_000;
  private static final Duration HOST = Duration.ofMinutes(10);
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** The estimate for a source of {@code bytes}. */
  public static TimeEstimate of(long bytes, DataMode mode) {
    long quick = mode == DataMode.STREAM ? STREAMED_BYTES_PER_SECOND : DUMPED_BYTES_PER_SECOND;
    return new TimeEstimate(
        HOST, LEAST.plusSeconds(bytes / quick), LEAST.plusSeconds(bytes / SLOW_BYTES_PER_SECOND));
  }

  /** The run in a few words, such as {@code 10 to 70 min} or {@code 1.5 to 10 h}. */
  public String run() {
    long least = rounded(atLeast);
    long most = rounded(atMost);
    if (most <= 90) {
      return least == most ? "up to %d min".formatted(most) : "%d to %d min".formatted(least, most);
    }
    return "%s to %s h".formatted(hours(least), hours(most));
  }

  // To five minutes, and never down.
  private static long rounded(Duration duration) {
    return (duration.toMinutes() + 5) / 5 * 5;
  }

  private static String hours(long minutes) {
    long halves = Math.max(1, Math.round(minutes / 30.0));
    return halves % 2 == 0 || halves > 20
        ? String.valueOf(Math.round(halves / 2.0))
        : halves / 2 + ".5";
  }
}
