package dev.tsferry.runner.preflight;

import java.util.List;

/**
 * Chooses a chunk interval from a table's own rate.
 *
 * <p>The rule: the chunks that are written to now should stay in memory with their indexes, all
 * hypertables' together in a quarter of it at most. What a quarter is, the target's {@code
 * shared_buffers} says, which services set to that; half of it, to stay well below, is shared
 * evenly among the hypertables. The longest interval of the list whose chunk fits is taken, but
 * never one so short that today's rows make more than 1,000 chunks, since each costs planning time.
 *
 * @see <a href="https://docs.tigerdata.com/use-timescale/latest/hypertables/">Hypertable chunk time
 *     intervals</a>
 */
final class ChunkIntervals {
  private static final long MOST_CHUNKS = 1000;

  private record Interval(String text, double days) {}

  private static final Interval DEFAULT = new Interval("7 days", 7);

  private static final List<Interval> INTERVALS =
      List.of(
          new Interval("1 hour", 1 / 24.0),
          new Interval("2 hours", 2 / 24.0),
          new Interval("6 hours", 6 / 24.0),
          new Interval("12 hours", 0.5),
          new Interval("1 day", 1),
          new Interval("2 days", 2),
          new Interval("7 days", 7),
          new Interval("14 days", 14),
          new Interval("28 days", 28));

  private ChunkIntervals() {}

  /**
   * The interval of a table.
   *
   * @param bytesPerDay with indexes; 0 where nobody knows
   * @param days between the table's first and last row
   * @param sharedBuffers the target's, in bytes
   * @param hypertables how many hypertables there will be
   */
  static String choose(double bytesPerDay, double days, long sharedBuffers, int hypertables) {
    return pick(bytesPerDay, days, sharedBuffers, hypertables).text();
  }

  /**
   * The interval of a table whose time is a number.
   *
   * @param unitsPerDay by how much the number grows in a day
   */
  static String choose(
      double bytesPerDay, double days, long sharedBuffers, int hypertables, double unitsPerDay) {
    Interval interval = pick(bytesPerDay, days, sharedBuffers, hypertables);
    return String.valueOf(Math.round(interval.days() * unitsPerDay));
  }

  private static Interval pick(
      double bytesPerDay, double days, long sharedBuffers, int hypertables) {
    if (bytesPerDay <= 0) {
      return DEFAULT;
    }
    double budget = sharedBuffers / 2.0 / Math.max(1, hypertables);
    Interval chosen = INTERVALS.get(0);
    for (Interval interval : INTERVALS) {
      boolean fits = interval.days() * bytesPerDay <= budget;
      boolean tooMany = days / chosen.days() > MOST_CHUNKS;
      if (fits || tooMany) {
        chosen = interval;
      }
    }
    return chosen;
  }
}
