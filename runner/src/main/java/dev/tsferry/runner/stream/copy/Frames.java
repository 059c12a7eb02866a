package dev.tsferry.runner.stream.copy;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bounded way from the thread that reads rows to the one that writes them: a fixed number of
 * frames that go round, so that memory stays flat and the faster side waits for the slower.
 */
final class Frames {
  private static final int SIZE = 128 << 10;
  private static final int COUNT = 16;

  private final Deque<Frame> free = new ArrayDeque<>();
  private final Deque<Frame> full = new ArrayDeque<>();
  private int made;
  private boolean ended;
  private boolean stopped;

  /** Bytes on their way. */
  static final class Frame {
    final byte[] bytes = new byte[SIZE];
    int length;

    int room() {
      return SIZE - length;
    }

    void add(byte[] from, int offset, int count) {
      System.arraycopy(from, offset, bytes, length, count);
      length += count;
    }
  }

  /** One side gave up, so that the other has nothing to do any more. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the other side of a copy gave up");
    }
  }

  /** An empty frame, as soon as there is one. */
  synchronized Frame empty() throws InterruptedException {
    if (free.isEmpty() && made < COUNT) {
      // A small table needs one alone.
      made++;
      free.add(new Frame());
    }
    while (free.isEmpty() && !stopped) {
      wait();
    }
    if (stopped) {
      throw new StoppedException();
    }
    Frame frame = free.remove();
    frame.length = 0;
    return frame;
  }

  synchronized void put(Frame frame) {
    full.add(frame);
    notifyAll();
  }

  /** The next frame with bytes, or null after the last. */
  synchronized Frame take() throws InterruptedException {
    while (full.isEmpty() && !ended && !stopped) {
      wait();
    }
    if (stopped) {
      throw new StoppedException();
    }
    return full.poll();
  }

  synchronized void giveBack(Frame frame) {
    free.add(frame);
    notifyAll();
  }

  /** Nothing more will be put. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Ends both sides. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
