package dev.tsferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void of_oneThing_hasNoPlural() {
    assertThat(Counted.of(1, "statement")).isEqualTo("1 statement");
    assertThat(Counted.of(0, "statement")).isEqualTo("0 statements");
    assertThat(Counted.of(1204, "row")).isEqualTo("1,204 rows");
  }
}
