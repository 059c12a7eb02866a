package dev.tsferry.runner.stream.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestSumTest {
  private static RowDigest of(List<String> rows) {
    DigestSum sum = new DigestSum();
    for (String row : rows) {
      byte[] bytes = ("--" + row + "-").getBytes(StandardCharsets.UTF_8);
      sum.add(bytes, 2, bytes.length - 3);
    }
    return sum.digest();
  }

  @Test
  void digest_otherOrderAndOtherParts_isTheSame() {
    assertThat(of(List.of("a", "b", "c"))).isEqualTo(of(List.of("c", "a", "b")));
    assertThat(of(List.of("a")).plus(of(List.of("b", "c")))).isEqualTo(of(List.of("a", "b", "c")));
    assertThat(RowDigest.NONE.plus(of(List.of("a")))).isEqualTo(of(List.of("a")));
  }

  @Test
  void digest_pairThatAnExclusiveOrWouldNotSee_isAnother() {
    RowDigest twoPairs = of(List.of("a", "a", "b"));

    assertThat(twoPairs).isNotEqualTo(of(List.of("b", "c", "c")));
    assertThat(twoPairs.high()).isNotEqualTo(of(List.of("b", "c", "c")).high());
  }

  @Test
  void plus_carriesFromTheLowerHalf() {
    RowDigest almost = new RowDigest(1, 4, -1);

    assertThat(almost.plus(new RowDigest(2, 1, 1))).isEqualTo(new RowDigest(3, 6, 0));
    assertThat(almost.plus(new RowDigest(2, 1, 0))).isEqualTo(new RowDigest(3, 5, -1));
  }

  @Test
  void add_manyRows_sumsAsPlusDoes() {
    RowDigest sum = RowDigest.NONE;
    List<String> rows = java.util.stream.IntStream.range(0, 1000).mapToObj(i -> "r" + i).toList();
    for (String row : rows) {
      sum = sum.plus(of(List.of(row)));
    }

    assertThat(of(rows)).isEqualTo(sum);
  }
}
