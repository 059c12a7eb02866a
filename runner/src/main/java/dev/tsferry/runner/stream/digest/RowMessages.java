package dev.tsferry.runner.stream.digest;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.VisibleBufferedInputStream;
import org.postgresql.util.PSQLState;

/**
 * The messages of a COPY to us, each a row. The driver takes a lock, makes an array and looks at
 * its log for each of them, which for narrow rows is most of what the runner does; so its buffer is
 * read here, as long as nothing but rows is in it, and whatever else the server says is left to the
 * driver. A driver that hides its buffer is asked for each row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">CopyData</a>
 */
public final class RowMessages {
  private static final Optional<Field> STREAM = field(QueryExecutorBase.class, "pgStream");
  private static final Optional<Field> INPUT = field(PGStream.class, "pgInput");
  private static final int HEAD = 1 + Integer.BYTES;
  // A larger one would have the driver's buffer grow for good.
  private static final int LARGEST = 64 << 10;

  private final CopyOut copy;
  private final VisibleBufferedInputStream input;
  private byte[] bytes;
  private int offset;
  private int length;
  private int taken;

  RowMessages(CopyOut copy, VisibleBufferedInputStream input) {
    this.copy = copy;
    this.input = input;
  }

  /** The messages of {@code copy}, which was just begun on {@code connection}. */
  public static RowMessages of(CopyOut copy, BaseConnection connection) {
    try {
      return new RowMessages(
          copy,
          STREAM.isEmpty() || INPUT.isEmpty()
              ? null
              : (VisibleBufferedInputStream)
                  INPUT.get().get(STREAM.get().get(connection.getQueryExecutor())));
    } catch (IllegalAccessException | RuntimeException e) {
      return ofDriver(copy);
    }
  }

  /** The same, each message as the driver has it. */
  public static RowMessages ofDriver(CopyOut copy) {
    return new RowMessages(copy, null);
  }

  /** Whether this driver's buffer can be read. */
  static boolean readsBuffers() {
    return STREAM.isPresent() && INPUT.isPresent();
  }

  /** Goes to the next message, and returns whether there is one. */
  boolean next() throws SQLException {
    if (input != null && inBuffer()) {
      return true;
    }
    bytes = copy.readFromCopy();
    offset = 0;
    length = bytes == null ? 0 : bytes.length;
    return bytes != null;
  }

  private boolean inBuffer() throws SQLException {
    try {
      input.skip(taken);
      taken = 0;
      if (!input.ensureBytes(HEAD) || input.getBuffer()[input.getIndex()] != 'd') {
        return false;
      }
      int size = ByteBuffer.wrap(input.getBuffer()).getInt(input.getIndex() + 1) - Integer.BYTES;
      if (size > LARGEST || !input.ensureBytes(HEAD + size)) {
        return false;
      }
      bytes = input.getBuffer();
      offset = input.getIndex() + HEAD;
      length = size;
      taken = HEAD + size;
      return true;
    } catch (IOException e) {
      throw new SQLException(
          "the connection was lost: " + e.getMessage(), PSQLState.CONNECTION_FAILURE.getState(), e);
    }
  }

  /** Holds the message, and perhaps others; until the next one. */
  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Rows that the server says it sent, once there are no more messages. */
  long rowsSent() {
    return copy.getHandledRowCount();
  }

  private static Optional<Field> field(Class<?> of, String name) {
    try {
      Field field = of.getDeclaredField(name);
      field.setAccessible(true);
      return Optional.of(field);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
