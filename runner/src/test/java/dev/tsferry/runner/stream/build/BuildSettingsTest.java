package dev.tsferry.runner.stream.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildSettingsTest {
  @Test
  void memory_isShared_andNeverLessThanTheServers() {
    assertThat(BuildSettings.memory(8L << 20, 64 << 10, 8)).isEqualTo(1L << 20);
    assertThat(BuildSettings.memory(128 << 10, 64 << 10, 8)).isEqualTo(64 << 10);
    assertThat(BuildSettings.memory(64L << 20, 64 << 10, 2)).isEqualTo(2L << 20);
  }

  @Test
  void parallel_whileThereIsWorkForAll_isNone_andTheLastSharesTheProcessors() {
    BuildSettings settings = new BuildSettings(0, 2, 8);

    assertThat(settings.parallel(9, 4)).isZero();
    assertThat(settings.parallel(4, 4)).isZero();
    assertThat(settings.parallel(3, 4)).isEqualTo(2);
    assertThat(settings.parallel(1, 4)).isEqualTo(7);
    assertThat(new BuildSettings(0, 2, 1).parallel(1, 4)).isEqualTo(1);
  }
}
