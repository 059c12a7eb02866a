package dev.tsferry.runner.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a file of a dump, and knows its size and digest. */
final class DumpFileWriter extends OutputStream {
  private static final int SIZE = 1 << 20;

  private final Path file;
  private final OutputStream out;
  private final MessageDigest digest = Digests.sha256();
  private final byte[] buffer = new byte[SIZE];
  private int used;
  private long bytes;

  DumpFileWriter(Path file) throws IOException {
    this.file = file;
    out = Files.newOutputStream(file);
  }

  @Override
  public void write(int b) throws IOException {
    if (used == SIZE) {
      drain();
    }
    buffer[used++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == SIZE) {
        drain();
      }
      int count = Math.min(left, SIZE - used);
      System.arraycopy(source, from, buffer, used, count);
      used += count;
      from += count;
      left -= count;
    }
  }

  /** The finished file. */
  DumpManifest.DumpFile finished() {
    return new DumpManifest.DumpFile(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void flush() throws IOException {
    drain();
  }

  @Override
  public void close() throws IOException {
    try {
      drain();
    } finally {
      out.close();
    }
  }

  private void drain() throws IOException {
    try {
      out.write(buffer, 0, used);
    } catch (IOException e) {
      // The system says what is wrong, and not where.
      throw new IOException("writing %s: %s".formatted(file, e.getMessage()), e);
    }
    digest.update(buffer, 0, used);
    bytes += used;
    used = 0;
  }
}
