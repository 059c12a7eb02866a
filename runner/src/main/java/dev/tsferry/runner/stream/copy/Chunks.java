package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.stream.table.RowFormat;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The chunk makers of all hypertables. */
final class Chunks implements AutoCloseable {
  private final Server target;
  private final Map<StreamTable, ChunkMaker> makers = new ConcurrentHashMap<>();

  Chunks(Server target) {
    this.target = target;
  }

  /** What looks ahead of a reader of {@code table}'s rows, or null where nothing needs to. */
  ChunkMaker.Ahead ahead(StreamTable table) {
    if (table.format() != RowFormat.BINARY
        || table.hypertable().filter(StreamTable.Chunking::readable).isEmpty()) {
      return null;
    }
    return makers.computeIfAbsent(
        table, t -> new ChunkMaker(target, t, t.hypertable().orElseThrow()))
    .new Ahead();
  }

  @Override
  public void close() {
    makers.values().forEach(ChunkMaker::close);
  }
}
