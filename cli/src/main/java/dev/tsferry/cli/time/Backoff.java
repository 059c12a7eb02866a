package dev.tsferry.cli.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The delay before the next try: grows by half each time up to a limit, starts anew when something
 * happened.
 */
public final class Backoff {
  private final Duration first;
  private final Duration limit;
  private Duration next;

  public Backoff(Duration first, Duration limit) {
    this.first = requireNonNull(first, "first is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.next = first;
  }

  /** The delay to wait now; the one after it is longer. */
  public Duration next() {
    Duration current = next;
    Duration longer = current.multipliedBy(3).dividedBy(2);
    next = longer.compareTo(limit) > 0 ? limit : longer;
    return current;
  }

  /** Something happened: the next delay is the first one again. */
  public void reset() {
    next = first;
  }
}
