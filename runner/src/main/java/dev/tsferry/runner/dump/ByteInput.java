package dev.tsferry.runner.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Buffered bytes with a look ahead; copies rows without looking at them twice. */
final class ByteInput {
  private static final int SIZE = 1 << 18;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int position;
  private int limit;

  ByteInput(InputStream in) {
    this.in = in;
  }

  /** The next byte, 0 to 255, or -1 at the end. */
  int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  /** The next byte without taking it. */
  int peek() throws IOException {
    return position < limit || fill() ? buffer[position] & 0xff : -1;
  }

  /** Whether {@code ascii} comes next. */
  boolean startsWith(String ascii) throws IOException {
    while (limit - position < ascii.length()) {
      if (!fill()) {
        return false;
      }
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (buffer[position + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies the bytes up to and with the next line end, and returns their number; 0 if there is no
   * line end any more.
   */
  long copyLine(OutputStream out) throws IOException {
    long length = 0;
    while (position < limit || fill()) {
      int start = position;
      while (position < limit) {
        if (buffer[position++] == '\n') {
          out.write(buffer, start, position - start);
          return length + position - start;
        }
      }
      out.write(buffer, start, position - start);
      length += position - start;
    }
    return 0;
  }

  // Keeps what isn't taken yet.
  private boolean fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count <= 0) {
      return false;
    }
    limit += count;
    return true;
  }
}
