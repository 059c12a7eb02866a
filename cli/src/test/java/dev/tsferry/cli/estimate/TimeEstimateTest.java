package dev.tsferry.cli.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeEstimateTest {
  @ParameterizedTest
  @CsvSource({
    "0, up to 5 min",
    "1, 5 to 10 min",
    "10, 10 to 60 min",
    "50, 0.5 to 4.5 h",
    "100, 1.5 to 9.5 h",
    "1000, 13 to 93 h"
  })
  void run_growsWithTheSize(long gigabytes, String words) {
    assertThat(TimeEstimate.of(gigabytes * 1_000_000_000).run()).isEqualTo(words);
  }
}
