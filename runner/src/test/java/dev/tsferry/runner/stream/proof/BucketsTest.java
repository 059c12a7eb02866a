package dev.tsferry.runner.stream.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private static Buckets of(List<String> rows) {
    Buckets buckets = new Buckets(2);
    for (String row : rows) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      buckets.row(bytes, 0, bytes.length);
    }
    return buckets;
  }

  private static KeyedRows keyed(List<String> rows, Buckets.Differing differing) {
    KeyedRows keyed = new KeyedRows(2, differing.some());
    for (String row : rows) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      keyed.row(bytes, 0, bytes.length);
    }
    return keyed;
  }

  @Test
  void differing_equalRows_areNone() {
    List<String> rows = List.of("1\ta\t1\ta\tx\n", "2\tb\t2\tb\ty\n");

    assertThat(of(rows).differing(of(List.of(rows.get(1), rows.get(0)))).all()).isZero();
  }

  @Test
  void differing_oneRow_isFoundByItsKeyAlone() {
    List<String> source = List.of("1\ta\t1\ta\tx\n", "2\tb\t2\tb\ty\n");
    List<String> target = List.of("1\ta\t1\ta\tx\n", "2\tb\t2\tb\tz\n");

    Buckets.Differing differing = of(source).differing(of(target));

    assertThat(differing.all()).isEqualTo(1);
    assertThat(keyed(source, differing).rows()).hasSize(1);
    KeyedRows.Key key = keyed(source, differing).rows().keySet().iterator().next();
    assertThat(key.text()).isEqualTo("(2, b)");
    assertThat(keyed(source, differing).rows()).isNotEqualTo(keyed(target, differing).rows());
  }

  @Test
  void keyLength_keyThatIsTheWholeRow_endsBeforeTheTab() {
    byte[] row = "x1\ta\trest\n".getBytes(StandardCharsets.UTF_8);

    assertThat(Buckets.keyLength(row, 1, row.length - 1, 1)).isEqualTo(1);
    assertThat(Buckets.keyLength(row, 1, row.length - 1, 2)).isEqualTo(3);
  }
}
