package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.stream.table.StreamTable.Chunking;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Reads off a binary row which stretch of time of a hypertable it belongs to.
 *
 * @see <a
 *     href="https://github.com/timescale/timescaledb/blob/main/src/dimension.c">calculate_open_range_default</a>
 */
final class TimeOfRow {
  // PostgreSQL counts from 2000, TimescaleDB from 1970.
  private static final long EPOCH_MICROS = 946_684_800_000_000L;
  private static final int EPOCH_DAYS = 10_957;
  private static final long DAY_MICROS = 86_400_000_000L;

  private final Chunking chunking;

  TimeOfRow(Chunking chunking) {
    this.chunking = chunking;
  }

  /** The number of the stretch, or empty of a row without a time or at infinity. */
  OptionalLong stretch(byte[] row, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(row);
    int at = offset + Short.BYTES;
    for (int i = 0; i < chunking.column(); i++) {
      at += Integer.BYTES + Math.max(0, buffer.getInt(at));
    }
    int length = buffer.getInt(at);
    at += Integer.BYTES;
    return switch (length) {
      case Short.BYTES -> of(buffer.getShort(at));
      case Integer.BYTES -> integer(buffer.getInt(at));
      case Long.BYTES -> big(buffer.getLong(at));
      default -> OptionalLong.empty();
    };
  }

  private OptionalLong integer(int value) {
    if (!chunking.type().equals("date")) {
      return of(value);
    }
    boolean finite = value != Integer.MIN_VALUE && value != Integer.MAX_VALUE;
    return finite ? of((value + (long) EPOCH_DAYS) * DAY_MICROS) : OptionalLong.empty();
  }

  private OptionalLong big(long value) {
    if (!chunking.type().startsWith("timestamp")) {
      return of(value);
    }
    boolean finite = value != Long.MIN_VALUE && value != Long.MAX_VALUE;
    return finite ? of(value + EPOCH_MICROS) : OptionalLong.empty();
  }

  private OptionalLong of(long value) {
    return OptionalLong.of(Math.floorDiv(value, chunking.interval()));
  }
}
