package dev.tsferry.runner.stream.digest;

import dev.tsferry.runner.stream.table.RowFormat;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyOut;
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
   * Reads to the end.
   *
   * @throws SQLException if the server fails, or sends another number of rows than it says
   */
  public static RowDigest read(CopyOut copy, RowFormat format, RowSink sink)
      throws SQLException, InterruptedException {
    DigestSum sum = new DigestSum();
    boolean begun = format == RowFormat.TEXT;
    for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
      int offset = 0;
      if (!begun) {
        requireSignature(message);
        offset = SIGNATURE.length;
        begun = true;
      }
      int length = message.length - offset;
      // The signature may come with the first row, or alone.
      if (length == 0 || (format == RowFormat.BINARY && isTrailer(message, offset))) {
        continue;
      }
      sum.add(message, offset, length);
      sink.row(message, offset, length);
    }
    RowDigest digest = sum.digest();
    if (copy.getHandledRowCount() != digest.rows()) {
      throw new SQLException(
          "the server says that it sent %d rows, and %d came"
              .formatted(copy.getHandledRowCount(), digest.rows()),
          PSQLState.PROTOCOL_VIOLATION.getState());
    }
    return digest;
  }

  private static void requireSignature(byte[] message) throws SQLException {
    int length = SIGNATURE.length;
    if (message.length < length || !Arrays.equals(message, 0, length, SIGNATURE, 0, length)) {
      throw new SQLException(
          "the rows don't begin as binary rows do", PSQLState.PROTOCOL_VIOLATION.getState());
    }
  }

  private static boolean isTrailer(byte[] message, int offset) {
    return message.length - offset == 2
        && message[offset] == (byte) 0xff
        && message[offset + 1] == (byte) 0xff;
  }
}
