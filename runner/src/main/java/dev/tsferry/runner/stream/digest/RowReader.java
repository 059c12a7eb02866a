package dev.tsferry.runner.stream.digest;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.stream.table.KeyOrder;
import dev.tsferry.runner.stream.table.RowFormat;
import dev.tsferry.runner.stream.table.StreamTable;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.util.PSQLState;

/**
 * Takes the rows of one COPY off the wire and digests them. The server sends one message for each
 * row, so nothing in a row needs to be understood.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">Binary
 *     format</a>
 */
public final class RowReader {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private RowReader() {}

  /** Gets each row. */
  @FunctionalInterface
  public interface RowSink {
    void row(byte[] bytes, int offset, int length) throws SQLException, InterruptedException;
  }

  /** What comes before the rows. */
  public static byte[] header(RowFormat format) {
    return format == RowFormat.BINARY ? SIGNATURE.clone() : new byte[0];
  }

  /** What comes after the rows. */
  public static byte[] trailer(RowFormat format) {
    return format == RowFormat.BINARY ? new byte[] {(byte) 0xff, (byte) 0xff} : new byte[0];
  }

  /**
   * Reads a table's rows to the end.
   *
   * @throws SQLException if the server fails, or sends another number of rows than it says
   * @throws MigrationException {@code SOURCE_UNSUITABLE} if there is a row that memory can't hold
   */
  public static RowDigest read(RowMessages messages, StreamTable table, RowSink sink)
      throws SQLException, InterruptedException {
    try {
      return read(messages, table.format(), table.order(), sink);
    } catch (OutOfMemoryError e) {
      // All else that is held has a fixed size.
      throw new MigrationException(
          ErrorCode.SOURCE_UNSUITABLE,
          "reading the rows of %s: one of them is larger than what the runner has of memory, %d MB"
              .formatted(table.name(), Runtime.getRuntime().maxMemory() >> 20),
          e,
          "carry the database with data mode dump, which holds no row whole and compares by counts",
          "\"tsferry compare\" without --rows compares the schemas");
    }
  }

  private static RowDigest read(
      RowMessages messages, RowFormat format, KeyOrder order, RowSink sink)
      throws SQLException, InterruptedException {
    boolean asItIs = order.isAsItIs() || format != RowFormat.BINARY;
    DigestSum sum = new DigestSum();
    boolean begun = format == RowFormat.TEXT;
    while (messages.next()) {
      byte[] bytes = messages.bytes();
      int offset = messages.offset();
      int length = messages.length();
      if (!begun) {
        requireSignature(bytes, offset, length);
        offset += SIGNATURE.length;
        length -= SIGNATURE.length;
        begun = true;
      }
      // The signature may come with the first row, or alone.
      if (length == 0 || (format == RowFormat.BINARY && isTrailer(bytes, offset, length))) {
        continue;
      }
      if (asItIs) {
        sum.add(bytes, offset, length);
      } else {
        byte[] ordered = order.ordered(bytes, offset, length);
        sum.add(ordered, 0, ordered.length);
      }
      sink.row(bytes, offset, length);
    }
    RowDigest digest = sum.digest();
    if (messages.rowsSent() != digest.rows()) {
      throw new SQLException(
          "the server says that it sent %d rows, and %d came"
              .formatted(messages.rowsSent(), digest.rows()),
          PSQLState.PROTOCOL_VIOLATION.getState());
    }
    return digest;
  }

  private static void requireSignature(byte[] bytes, int offset, int length) throws SQLException {
    if (length < SIGNATURE.length
        || !Arrays.equals(
            bytes, offset, offset + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new SQLException(
          "the rows don't begin as binary rows do", PSQLState.PROTOCOL_VIOLATION.getState());
    }
  }

  private static boolean isTrailer(byte[] bytes, int offset, int length) {
    return length == 2 && bytes[offset] == (byte) 0xff && bytes[offset + 1] == (byte) 0xff;
  }
}
