package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.stream.copy.Frames.Frame;
import dev.tsferry.runner.stream.digest.RowReader.RowSink;

/**
 * Packs rows into frames: one message of the target's protocol for some hundred rows and not for
 * each. A row that is larger than a frame goes through several.
 */
final class FrameSink implements RowSink {
  private final Frames frames;
  private Frame frame;
  private long bytes;

  FrameSink(Frames frames) {
    this.frames = frames;
  }

  @Override
  public void row(byte[] from, int offset, int length) throws InterruptedException {
    int at = offset;
    int left = length;
    bytes += length;
    while (left > 0) {
      if (frame == null) {
        frame = frames.empty();
      }
      int count = Math.min(left, frame.room());
      frame.add(from, at, count);
      at += count;
      left -= count;
      if (frame.room() == 0) {
        flush();
      }
    }
  }

  /** Passes on what is not a row. */
  void raw(byte[] from) throws InterruptedException {
    row(from, 0, from.length);
  }

  /** Passes the last frame on and ends the stream. */
  void end() {
    if (frame != null) {
      flush();
    }
    frames.end();
  }

  long bytes() {
    return bytes;
  }

  private void flush() {
    frames.put(frame);
    frame = null;
  }
}
