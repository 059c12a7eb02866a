package dev.tsferry.runner.stream.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.stream.table.StreamTable.Chunking;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimeOfRowTest {
  private static final long DAY = 86_400_000_000L;

  private static OptionalLong stretch(String type, long interval, byte[] value) {
    // One byte before the row, a null and a text before the time.
    ByteBuffer row = ByteBuffer.allocate(100);
    row.put((byte) 9).putShort((short) 3).putInt(-1).putInt(2).put((byte) 1).put((byte) 2);
    if (value == null) {
      row.putInt(-1);
    } else {
      row.putInt(value.length).put(value);
    }
    return new TimeOfRow(new Chunking(1, 2, type, interval)).stretch(row.array(), 1);
  }

  private static byte[] big(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private static byte[] integer(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  @Test
  void stretch_timestamp_countsFrom1970() {
    // 2000-01-01 is day 10957.
    assertThat(stretch("timestamp with time zone", DAY, big(0))).hasValue(10_957);
    assertThat(stretch("timestamp with time zone", DAY, big(-1))).hasValue(10_956);
    assertThat(stretch("timestamp without time zone", 7 * DAY, big(0))).hasValue(1_565);
    assertThat(stretch("date", DAY, integer(1))).hasValue(10_958);
  }

  @Test
  void stretch_integers_areTakenAsTheyAre() {
    assertThat(stretch("bigint", 10, big(25))).hasValue(2);
    assertThat(stretch("integer", 10, integer(-1))).hasValue(-1);
    assertThat(stretch("smallint", 10, new byte[] {0, 30})).hasValue(3);
    assertThat(stretch("bigint", 10, big(Long.MAX_VALUE))).hasValue(Long.MAX_VALUE / 10);
  }

  @Test
  void stretch_noTimeOrInfinity_isNone() {
    assertThat(stretch("timestamp with time zone", DAY, null)).isEmpty();
    assertThat(stretch("timestamp with time zone", DAY, big(Long.MAX_VALUE))).isEmpty();
    assertThat(stretch("timestamp with time zone", DAY, big(Long.MIN_VALUE))).isEmpty();
    assertThat(stretch("date", DAY, integer(Integer.MAX_VALUE))).isEmpty();
  }
}
