package dev.tsferry.runner.stream.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.stream.table.KeyOrder;
import dev.tsferry.runner.stream.table.RowFormat;
import dev.tsferry.runner.stream.table.StreamTable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyOut;

class RowReaderTest {
  private static final byte[] ROW = {0, 1, 0, 0, 0, 1, 7};
  private static final byte[] NO_COLUMNS = {0, 0};
  private static final byte[] END = {(byte) 0xff, (byte) 0xff};

  private final List<byte[]> rows = new ArrayList<>();

  private RowDigest read(RowFormat format, long told, byte[]... messages) throws Exception {
    rows.clear();
    return RowReader.read(
        RowMessages.ofDriver(new Messages(told, messages)),
        table(format),
        (bytes, offset, length) -> rows.add(Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  private static StreamTable table(RowFormat format) {
    return new StreamTable(
        new TableName("shop", "films"),
        "shop.films",
        List.of("a"),
        List.of("a"),
        KeyOrder.AS_IT_IS,
        format,
        "",
        false,
        null,
        false,
        List.of());
  }

  @Test
  void read_binary_leavesSignatureAndTrailerOut() throws Exception {
    byte[] header = RowReader.header(RowFormat.BINARY);

    RowDigest together = read(RowFormat.BINARY, 2, join(header, ROW), ROW, END);
    assertThat(rows).containsExactly(ROW, ROW);
    RowDigest apart = read(RowFormat.BINARY, 2, header, ROW, ROW, END);
    assertThat(rows).containsExactly(ROW, ROW);

    assertThat(together).isEqualTo(apart);
    assertThat(together.rows()).isEqualTo(2);
  }

  @Test
  void read_binaryWithoutRowsOrColumns_isNothingOrRows() throws Exception {
    byte[] header = RowReader.header(RowFormat.BINARY);

    assertThat(read(RowFormat.BINARY, 0, join(header, END))).isEqualTo(RowDigest.NONE);
    assertThat(read(RowFormat.BINARY, 1, join(header, NO_COLUMNS), END).rows()).isEqualTo(1);
  }

  @Test
  void read_text_takesEachMessageForARow() throws Exception {
    assertThat(read(RowFormat.TEXT, 2, text("\n"), text("a\tb\n")).rows()).isEqualTo(2);
    assertThat(rows.get(1)).isEqualTo(text("a\tb\n"));
  }

  @Test
  void read_otherNumberThanTheServerTold_fails() {
    assertThatThrownBy(() -> read(RowFormat.TEXT, 3, text("a\n")))
        .isInstanceOf(SQLException.class)
        .hasMessage("the server says that it sent 3 rows, and 1 came");
  }

  @Test
  void read_binaryWithoutSignature_fails() {
    assertThatThrownBy(() -> read(RowFormat.BINARY, 1, ROW, END))
        .isInstanceOf(SQLException.class)
        .hasMessage("the rows don't begin as binary rows do");
  }

  // As the driver fails where it makes an array for the row.
  @Test
  void read_rowLargerThanMemory_namesTheTableAndAnotherWay() {
    Messages messages =
        new Messages(1) {
          @Override
          public byte[] readFromCopy() {
            throw new OutOfMemoryError("Java heap space");
          }
        };

    assertThatThrownBy(
            () ->
                RowReader.read(
                    RowMessages.ofDriver(messages),
                    table(RowFormat.TEXT),
                    (bytes, offset, length) -> {}))
        .isInstanceOfSatisfying(
            MigrationException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNSUITABLE);
              assertThat(failure)
                  .hasMessageStartingWith("reading the rows of shop.films: one of them is larger");
              assertThat(failure.hints().get(0)).contains("data mode dump");
            });
  }

  private static byte[] text(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[] one, byte[] two) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(one);
    out.writeBytes(two);
    return out.toByteArray();
  }

  /** A server's messages. */
  private static class Messages implements CopyOut {
    private final long told;
    private final Deque<byte[]> left;

    Messages(long told, byte[]... messages) {
      this.told = told;
      this.left = new ArrayDeque<>(List.of(messages));
    }

    @Override
    public byte[] readFromCopy() {
      return left.poll();
    }

    @Override
    public byte[] readFromCopy(boolean block) {
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
      return told;
    }
  }
}
