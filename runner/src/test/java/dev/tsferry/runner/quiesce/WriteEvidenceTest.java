package dev.tsferry.runner.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.quiesce.SourceWrite.Kind;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WriteEvidenceTest {
  private static final TableCounters BEFORE = table(10, 20, 1, 2, 100, 5, 3);

  @Test
  void between_nothingChanged_isNothing() {
    assertThat(writes(BEFORE)).isEmpty();
  }

  @Test
  void between_insertedRows_areAWrite() {
    assertThat(writes(table(10, 23, 1, 2, 103, 5, 3)))
        .containsExactly(
            new SourceWrite(
                Kind.WRITTEN,
                "shop.orders",
                "3 rows inserted, 0 updated and 0 deleted since the dump (rolled back ones count too)"));
  }

  @Test
  void between_insertedRowsThatAreAllDead_wereRolledBack() {
    List<SourceWrite> writes = writes(table(10, 23, 1, 2, 100, 8, 3));
    assertThat(writes).extracting(SourceWrite::kind).containsExactly(Kind.ROLLED_BACK);
    assertThat(writes).noneMatch(SourceWrite::matters);
  }

  @Test
  void between_deadRowsThatVacuumMayHaveTouched_areAWrite() {
    assertThat(writes(table(10, 23, 1, 2, 100, 8, 4)))
        .extracting(SourceWrite::kind)
        .containsExactly(Kind.WRITTEN);
  }

  @Test
  void between_deletedRows_areAWriteEvenIfOthersWereRolledBack() {
    assertThat(writes(table(10, 23, 1, 3, 100, 8, 3)))
        .extracting(SourceWrite::kind)
        .containsExactly(Kind.WRITTEN);
  }

  @Test
  void between_anotherFile_isARewrite() {
    assertThat(writes(table(11, 20, 1, 2, 0, 0, 3)))
        .extracting(SourceWrite::kind)
        .containsExactly(Kind.REWRITTEN);
  }

  @Test
  void between_lowerCounters_sayNothing() {
    assertThat(writes(table(10, 0, 0, 0, 0, 0, 0)))
        .extracting(SourceWrite::kind)
        .containsExactly(Kind.UNKNOWN);
  }

  @Test
  void between_tablesThatCameAndWent_areBothTold() {
    TableCounters other = new TableCounters(2, "shop.new", 1, false, 0, 0, 0, 0, 0, 0);
    assertThat(WriteEvidence.between(baseline("t0"), List.of(other), "t0"))
        .extracting(SourceWrite::kind)
        .containsExactly(Kind.DROPPED, Kind.CREATED);
  }

  @Test
  void between_resetStatistics_areTold() {
    assertThat(WriteEvidence.between(baseline("t0"), List.of(BEFORE), null))
        .extracting(SourceWrite::kind)
        .containsExactly(Kind.UNKNOWN);
  }

  private static List<SourceWrite> writes(TableCounters now) {
    return WriteEvidence.between(baseline("t0"), List.of(now), "t0");
  }

  private static Baseline baseline(String statsReset) {
    return new Baseline(Instant.EPOCH, statsReset, "proof", null, new TreeMap<>(), List.of(BEFORE));
  }

  private static TableCounters table(
      long file, long inserted, long updated, long deleted, long live, long dead, long maintained) {
    return new TableCounters(
        1, "shop.orders", file, false, inserted, updated, deleted, live, dead, maintained);
  }
}
