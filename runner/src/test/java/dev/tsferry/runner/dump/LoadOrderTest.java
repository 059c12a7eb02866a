package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DataDump.TableRows;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadOrderTest {

  @Test
  void of_biggestTableFirst_binsAreFilledEvenly() {
    assertThat(
            LoadOrder.of(List.of(rows("s", "a", 10), rows("s", "b", 100), rows("s", "c", 80)), 2))
        .isEqualTo(new LoadOrder(List.of(1, 0, 1)));
  }

  @Test
  void of_catalogueOfTimescaledb_comesFirst_andChunksDoNot() {
    assertThat(
            LoadOrder.of(
                    List.of(
                        rows("_timescaledb_catalog", "chunk", 10),
                        rows("_timescaledb_config", "bgw_job", 10),
                        rows("_timescaledb_internal", "_hyper_1_1_chunk", 10)),
                    2)
                .bins())
        .containsExactly(LoadOrder.FIRST, LoadOrder.FIRST, 0);
  }

  @Test
  void of_rowsOfOneTable_stayTogether() {
    assertThat(
            LoadOrder.of(List.of(rows("s", "a", 10), rows("s", "b", 1), rows("s", "a", 10)), 3)
                .bins())
        .containsExactly(0, 1, 0);
  }

  private static TableRows rows(String schema, String table, long bytes) {
    return new TableRows(new TableName(schema, table), 1, bytes);
  }
}
