package dev.tsferry.runner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkIntervalsTest {
  private static final long GIB = 1L << 30;

  @Test
  void choose_unknownRate_isTimescaledbsDefault() {
    assertThat(ChunkIntervals.choose(0, 0, GIB, 1)).isEqualTo("7 days");
  }

  @Test
  void choose_halfOfTheBuffers_mustHoldAChunk() {
    assertThat(ChunkIntervals.choose(GIB / 20.0, 365, GIB, 1)).isEqualTo("7 days");
    assertThat(ChunkIntervals.choose(GIB / 2.0, 365, GIB, 1)).isEqualTo("1 day");
    assertThat(ChunkIntervals.choose(GIB * 6.0, 30, GIB, 1)).isEqualTo("2 hours");
  }

  @Test
  void choose_severalHypertables_shareTheRoom() {
    assertThat(ChunkIntervals.choose(GIB / 20.0, 365, GIB, 4)).isEqualTo("2 days");
  }

  @Test
  void choose_slowTable_getsFourWeeksAtMost() {
    assertThat(ChunkIntervals.choose(1, 3650, GIB, 1)).isEqualTo("28 days");
  }

  @Test
  void choose_longHistory_isNotCutIntoMoreThanAThousandChunks() {
    assertThat(ChunkIntervals.choose(GIB * 100.0, 3650, GIB, 1)).isEqualTo("7 days");
  }

  @Test
  void choose_timeThatIsANumber_countsInItsUnits() {
    assertThat(ChunkIntervals.choose(0, 0, GIB, 1, 86_400)).isEqualTo("604800");
    assertThat(ChunkIntervals.choose(GIB / 2.0, 365, GIB, 1, 86_400_000.0)).isEqualTo("86400000");
  }
}
