package dev.tsferry.cli.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.DataMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeEstimateTest {
  @ParameterizedTest
  @CsvSource({
    "0, DUMP, up to 5 min",
    "1, DUMP, 5 to 10 min",
    "10, DUMP, 10 to 60 min",
    "50, DUMP, 0.5 to 4.5 h",
    "100, DUMP, 1.5 to 9.5 h",
    "1000, DUMP, 13 to 93 h",
    "10, STREAM, 5 to 60 min",
    "100, STREAM, 0.5 to 9.5 h"
  })
  void run_growsWithTheSize(long gigabytes, DataMode mode, String words) {
    assertThat(TimeEstimate.of(gigabytes * 1_000_000_000, mode).run()).isEqualTo(words);
  }
}
