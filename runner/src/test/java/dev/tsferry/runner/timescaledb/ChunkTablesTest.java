package dev.tsferry.runner.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.timescaledb.ChunkTables.Chunk;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkTablesTest {
  private static final TableName READINGS = new TableName("m", "readings");
  private static final TableName INTERNAL = internal("_compressed_hypertable_2");
  private static final TableName CHUNK = internal("_hyper_1_1_chunk");
  private static final TableName BATCHES = internal("compress_hyper_2_6_chunk");
  private static final TableName OTHER = new TableName("shop", "orders");

  private static final ChunkTables TABLES =
      new ChunkTables(
          Map.of(
              CHUNK,
              new Chunk(READINGS, READINGS, false, true),
              BATCHES,
              new Chunk(INTERNAL, READINGS, true, false)));

  private static TableName internal(String name) {
    return new TableName("_timescaledb_internal", name);
  }

  @Test
  void inWords_chunk_isToldUnderItsHypertable() {
    assertThat(TABLES.inWords(CHUNK))
        .isEqualTo("m.readings: its chunk _timescaledb_internal._hyper_1_1_chunk");
    assertThat(TABLES.inWords(BATCHES))
        .isEqualTo(
            "m.readings: its compressed chunk _timescaledb_internal.compress_hyper_2_6_chunk");
    assertThat(TABLES.inWords(OTHER)).isEqualTo("shop.orders");
  }

  @Test
  void countedAs_batches_areNotCountedAsRows() {
    assertThat(TABLES.countedAs(CHUNK)).isEqualTo(READINGS);
    assertThat(TABLES.countedAs(BATCHES)).isEqualTo(INTERNAL);
    assertThat(TABLES.countedAs(OTHER)).isEqualTo(OTHER);
    ChunkTables ofItself =
        new ChunkTables(Map.of(BATCHES, new Chunk(READINGS, READINGS, true, false)));
    assertThat(ofItself.countedAs(BATCHES)).isEqualTo(BATCHES);
  }

  @Test
  void hasCompressed_onlyTheChunkItself() {
    assertThat(TABLES.hasCompressed(CHUNK)).isTrue();
    assertThat(TABLES.hasCompressed(BATCHES)).isFalse();
    assertThat(TABLES.withCompressedRows()).containsExactly(READINGS);
  }
}
