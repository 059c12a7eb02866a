package dev.tsferry.runner.stream.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.VisibleBufferedInputStream;

class RowMessagesTest {
  private static final int SMALLER_THAN_ALL_ROWS = 16;

  @Test
  void readsBuffers_ofThisDriver() {
    assertThat(RowMessages.readsBuffers()).isTrue();
  }

  @Test
  void next_takesRowsFromTheBuffer_andLeavesTheRestToTheDriver() throws Exception {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String row = "row " + "x".repeat(i % 40);
      expected.add(row);
      message(wire, 'd', row);
    }
    message(wire, 'd', "");
    expected.add("");
    message(wire, 'c', "");
    VisibleBufferedInputStream input =
        new VisibleBufferedInputStream(
            new ByteArrayInputStream(wire.toByteArray()), SMALLER_THAN_ALL_ROWS);
    Driver driver = new Driver(input, "from the driver");
    RowMessages messages = new RowMessages(driver, input);

    List<String> rows = new ArrayList<>();
    while (messages.next()) {
      rows.add(
          new String(
              messages.bytes(), messages.offset(), messages.length(), StandardCharsets.UTF_8));
    }

    expected.add("from the driver");
    assertThat(rows).isEqualTo(expected);
    assertThat(driver.foundAt).isEqualTo('c');
  }

  @Test
  void next_largeRow_isLeftToTheDriver() throws Exception {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    message(wire, 'd', "x".repeat(100_000));
    VisibleBufferedInputStream input =
        new VisibleBufferedInputStream(new ByteArrayInputStream(wire.toByteArray()), 8192);
    Driver driver = new Driver(input, "a large row");
    RowMessages messages = new RowMessages(driver, input);

    assertThat(messages.next()).isTrue();
    assertThat(messages.length()).isEqualTo("a large row".length());
    assertThat(driver.foundAt).isEqualTo('d');
    assertThat(input.getBuffer()).hasSizeLessThan(100_000);
  }

  private static void message(ByteArrayOutputStream wire, char type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    DataOutputStream out = new DataOutputStream(wire);
    out.writeByte(type);
    out.writeInt(Integer.BYTES + bytes.length);
    out.write(bytes);
  }

  /** What the driver would read once it is asked. */
  private static final class Driver implements CopyOut {
    private final VisibleBufferedInputStream input;
    private final Deque<byte[]> left = new ArrayDeque<>();
    private int foundAt = -1;

    Driver(VisibleBufferedInputStream input, String row) {
      this.input = input;
      left.add(row.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] readFromCopy() {
      return readFromCopy(true);
    }

    @Override
    public byte[] readFromCopy(boolean block) {
      try {
        if (foundAt < 0) {
          foundAt = input.read();
          input.skip(Integer.MAX_VALUE);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return left.poll();
    }

    @Override
    public int getFieldCount() {
      return 1;
    }

    @Override
    public int getFormat() {
      return 1;
    }

    @Override
    public int getFieldFormat(int field) {
      return 1;
    }

    @Override
    public boolean isActive() {
      return !left.isEmpty();
    }

    @Override
    public void cancelCopy() {
      left.clear();
    }

    @Override
    public long getHandledRowCount() {
      return 0;
    }
  }
}
