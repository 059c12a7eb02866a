package dev.tsferry.runner.stream.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.stream.table.KeyOrder;
import dev.tsferry.runner.stream.table.RowFormat;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CopyProgressTest {
  private static final StreamTable TABLE =
      new StreamTable(
          new TableName("s", "t"),
          "s.t",
          List.of(),
          List.of(),
          KeyOrder.AS_IT_IS,
          RowFormat.BINARY,
          "",
          false,
          null,
          false,
          List.of());

  private static Unit unit(int id) {
    return new Unit(id, 1, "s.t", "", 1, null, null, 1000);
  }

  @Test
  void now_unitThatFailsAndBeginsAgain_doesNotGoBack() {
    CopyProgress progress = new CopyProgress(Map.of(1, TABLE), 2000, 0, 0, 0);
    AtomicLong moved = progress.begin(unit(1));
    progress.moved(moved, 600);
    assertThat(progress.now().done()).isEqualTo(600);

    progress.failed(unit(1));
    progress.begin(unit(1));

    assertThat(progress.now().done()).isEqualTo(600);
    progress.finished(unit(1), 1500);
    assertThat(progress.now().done()).isEqualTo(1000);
  }

  @Test
  void now_bytesOfTheWire_countAsBytesOfTables() {
    CopyProgress progress = new CopyProgress(Map.of(1, TABLE), 3000, 1000, 500, 0);
    progress.moved(progress.begin(unit(2)), 250);

    assertThat(progress.now().done()).isEqualTo(1500);
    assertThat(progress.now().names()).containsExactly("s.t");
    progress.moved(progress.begin(unit(2)), 5000);
    assertThat(progress.now().done()).isEqualTo(1900);
  }

  @Test
  void now_buildsInWork_countWhenTheyEnd() {
    CopyProgress progress = new CopyProgress(Map.of(1, TABLE), 1000, 1000, 500, 800);
    TableStatement build =
        TableStatement.of(
                new SchemaStatement("CREATE INDEX \"i\" ON \"s\".\"t\" USING \"btree\" (\"a\");"))
            .orElseThrow();

    progress.begun(build, 800);

    assertThat(progress.now().names())
        .containsExactly("CREATE INDEX \"i\" ON \"s\".\"t\" USING \"btree\"");
    assertThat(progress.now().copying()).isZero();
    assertThat(progress.now().done()).isEqualTo(1000);
    progress.ended(build, 800);
    assertThat(progress.now().done()).isEqualTo(progress.now().total()).isEqualTo(1200);
  }
}
