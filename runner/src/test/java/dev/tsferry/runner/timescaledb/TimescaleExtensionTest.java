package dev.tsferry.runner.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimescaleExtensionTest {
  @ParameterizedTest
  @CsvSource({
    "2.19.3, 2.19.3, 0",
    "2.9.0, 2.10.0, -1",
    "2.19.10, 2.19.9, 1",
    "2.19, 2.19.0, 0",
    "2.30.0-dev, 2.29.4, 1",
    "1.7.5, 2.0.0, -1"
  })
  void compare_versions_byTheirNumbers(String left, String right, int expected) {
    assertThat(TimescaleExtension.compare(left, right)).isEqualTo(expected);
  }

  @Test
  void pattern_jobTable_namesTheSchemaThatHasIt() {
    assertThat(new JobTable("_timescaledb_catalog").pattern())
        .isEqualTo("_timescaledb_catalog.bgw_job");
    assertThat(new JobTable("_timescaledb_config").quoted())
        .isEqualTo("\"_timescaledb_config\".\"bgw_job\"");
  }
}
