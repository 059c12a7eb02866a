package dev.tsferry.runner.stream.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import dev.tsferry.runner.timescaledb.ChunkTables;
import dev.tsferry.runner.timescaledb.ChunkTables.Chunk;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StreamCatalogTest {
  private static final TableName READINGS = new TableName("m", "readings");
  private static final TableName CPU = new TableName("m", "cpu");
  private static final TableName BATCHES_OF = internal("_compressed_hypertable_2");

  private static final ChunkTables CHUNKS =
      new ChunkTables(
          Map.of(
              internal("_hyper_1_1_chunk"),
              new Chunk(READINGS, READINGS, false, true),
              internal("_hyper_1_2_chunk"),
              new Chunk(READINGS, READINGS, false, false),
              internal("compress_hyper_2_6_chunk"),
              new Chunk(BATCHES_OF, READINGS, true, false),
              internal("_hyper_3_3_chunk"),
              new Chunk(CPU, CPU, false, false)));

  private static TableName internal(String name) {
    return new TableName("_timescaledb_internal", name);
  }

  private static Scan scan(TableName name) {
    UnaryOperator<SourceHeap> asSeen = StreamCatalog.asSeen(CHUNKS);
    return asSeen.apply(new SourceHeap(1, name, "q", 1, 1, 1, Scan.PAGES, false, false, "")).scan();
  }

  @Test
  void asSeen_everyChunkOfAHypertableWithCompressedRows_isQueried() {
    assertThat(scan(internal("_hyper_1_1_chunk"))).isEqualTo(Scan.QUERY);
    assertThat(scan(internal("_hyper_1_2_chunk"))).isEqualTo(Scan.QUERY);
  }

  @Test
  void asSeen_whatNothingOfIsCompressed_isReadByPages() {
    assertThat(scan(internal("_hyper_3_3_chunk"))).isEqualTo(Scan.PAGES);
    assertThat(scan(READINGS)).isEqualTo(Scan.PAGES);
    assertThat(scan(new TableName("shop", "orders"))).isEqualTo(Scan.PAGES);
  }
}
