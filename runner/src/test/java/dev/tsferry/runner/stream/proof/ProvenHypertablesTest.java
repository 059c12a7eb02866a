package dev.tsferry.runner.stream.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.proof.StreamProof.ProvenTable;
import dev.tsferry.runner.timescaledb.ChunkTables;
import dev.tsferry.runner.timescaledb.ChunkTables.Chunk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenHypertablesTest {
  private static final TableName CPU = new TableName("shop", "cpu");
  private static final TableName PACKED = new TableName("shop", "packed");
  private static final TableName OF_AGGREGATE = internal("_materialized_hypertable_3");

  private static TableName internal(String name) {
    return new TableName("_timescaledb_internal", name);
  }

  private static ProvenTable proven(TableName table, long rows) {
    RowDigest digest = new RowDigest(rows, 0, rows);
    return new ProvenTable(table, digest, digest);
  }

  @Test
  void together_chunks_areOneTableWithEachRowOnce() {
    ChunkTables chunks =
        new ChunkTables(
            Map.of(
                internal("c1"), new Chunk(CPU, CPU, false, false),
                internal("c2"), new Chunk(CPU, CPU, false, false),
                internal("c3"), new Chunk(PACKED, PACKED, false, true),
                internal("c4"), new Chunk(internal("h4"), PACKED, true, false),
                internal("c5"), new Chunk(OF_AGGREGATE, OF_AGGREGATE, false, false)));

    List<ProvenTable> tables =
        ProvenHypertables.together(
            List.of(
                proven(CPU, 0),
                proven(internal("c1"), 3),
                proven(internal("c2"), 4),
                proven(PACKED, 0),
                proven(internal("c3"), 5),
                proven(internal("c4"), 1),
                proven(OF_AGGREGATE, 0),
                proven(internal("c5"), 9)),
            chunks);

    assertThat(tables).containsExactly(proven(CPU, 7));
  }

  @Test
  void together_withoutChunks_isAsItWas() {
    List<ProvenTable> tables = List.of(proven(CPU, 1), proven(PACKED, 2));

    assertThat(ProvenHypertables.together(tables, ChunkTables.NONE)).isEqualTo(tables);
  }
}
