package dev.tsferry.runner.stream.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.runner.stream.digest.RowDigest;
import org.junit.jupiter.api.Test;

class StreamedTest {
  @Test
  void plus_chunks_addUpAndTellTheSlowerFormat() {
    Streamed binary = new Streamed("binary", "", 1, new RowDigest(2, 1, 5), 20);
    Streamed text = new Streamed("text", "type xml", 3, new RowDigest(4, 1, 6), 40);

    StreamedTable both = binary.plus(text).as(new TableName("shop", "cpu"));

    assertThat(both).isEqualTo(text.plus(binary).as(new TableName("shop", "cpu")));
    assertThat(both.format()).isEqualTo("text");
    assertThat(both.reason()).isEqualTo("type xml");
    assertThat(both.units()).isEqualTo(4);
    assertThat(both.rows()).isEqualTo(6);
    assertThat(both.bytes()).isEqualTo(60);
    assertThat(both.digest()).isEqualTo(new RowDigest(6, 2, 11).hex());
  }
}
