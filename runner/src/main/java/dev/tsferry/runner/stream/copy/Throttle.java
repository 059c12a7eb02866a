package dev.tsferry.runner.stream.copy;

import java.util.concurrent.TimeUnit;

/** Keeps all workers together below a number of bytes a second. */
final class Throttle {
  private static final long NANOS = 1_000_000_000L;

  private final long bytesPerSecond;
  private long freeAt = System.nanoTime();

  /**
   * @param bytesPerSecond 0 for no limit
   */
  Throttle(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Returns when {@code bytes} may go. */
  void pass(long bytes) throws InterruptedException {
    if (bytesPerSecond == 0) {
      return;
    }
    long wait;
    synchronized (this) {
      long now = System.nanoTime();
      wait = freeAt - now;
      freeAt = Math.max(now, freeAt) + bytes * NANOS / bytesPerSecond;
    }
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }
}
