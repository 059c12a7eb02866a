package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.stream.table.StreamTable;
import java.util.function.LongConsumer;

/** Who is told of tables that are complete and may be read, while others are copied and built. */
public interface ReadingBack extends AutoCloseable {

  /** Has {@code listener} told how many bytes of tables were read, again and again. */
  void onRead(LongConsumer listener);

  /** All rows of a table are on the target, and its keys. */
  void ready(int number, StreamTable table);

  /** Returns when all tables that are ready were read; nothing will be ready any more. */
  void finish() throws InterruptedException;

  /** Stops at once. */
  @Override
  void close();
}
