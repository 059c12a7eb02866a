package dev.tsferry.runner.stream.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.Stream;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.stream.table.KeyOrder;
import dev.tsferry.runner.stream.table.RowFormat;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitCutterTest {
  private static final long MEGABYTE = 1 << 20;
  private static final Stream SMALL = new Stream(0, 1, 0, 0);

  private static SourceHeap heap(long blocks, long bytes, boolean plain, String filter) {
    Scan scan = plain ? Scan.PAGES : Scan.WHOLE;
    return new SourceHeap(
        1, new TableName("s", "t"), "s.t", 42, blocks, bytes, scan, false, false, filter);
  }

  private static StreamTable table(List<String> columns, SourceHeap... heaps) {
    return new StreamTable(
        new TableName("s", "t"),
        "s.t",
        columns,
        columns,
        KeyOrder.AS_IT_IS,
        RowFormat.BINARY,
        "",
        false,
        null,
        false,
        List.of(heaps));
  }

  private static List<Unit> cut(SourceHeap heap) {
    return UnitCutter.of(SMALL, 2, 0).cut(table(List.of("a", "b"), heap), 3, 10);
  }

  @Test
  void cut_largeHeap_coversEveryPageOnce_andEndsOpen() {
    List<Unit> units = cut(heap(1000, 10 * MEGABYTE, true, ""));

    assertThat(units).hasSize(10);
    long next = 0;
    for (Unit unit : units) {
      assertThat(unit.first()).isEqualTo(next);
      next = unit.last() == null ? -1 : unit.last();
    }
    assertThat(next).isEqualTo(-1);
    assertThat(units).extracting(Unit::id).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    assertThat(units).allMatch(unit -> unit.file() == 42 && unit.table() == 3);
  }

  @Test
  void cut_fewPagesWithMuchToast_isCutByWhatIsToasted() {
    assertThat(cut(heap(3, 100 * MEGABYTE, true, ""))).hasSize(3);
  }

  @Test
  void cut_whatASliceCannotRead_staysWhole() {
    StreamTable noColumns = table(List.of(), heap(1000, 10 * MEGABYTE, true, ""));

    assertThat(UnitCutter.of(SMALL, 2, 0).cut(noColumns, 1, 1)).hasSize(1);
    assertThat(cut(heap(1000, 10 * MEGABYTE, false, ""))).hasSize(1);
    assertThat(cut(heap(1000, 10 * MEGABYTE, true, "WHERE mine"))).hasSize(1);
    assertThat(cut(heap(0, 0, true, ""))).hasSize(1);
  }

  @Test
  void of_noSizeGiven_choosesByTheDatabase() {
    long gigabyte = 1024 * MEGABYTE;
    StreamTable big = table(List.of("a"), heap(1_310_720, 10 * gigabyte, true, ""));

    assertThat(UnitCutter.of(Stream.DEFAULT, 2, gigabyte).cut(big, 1, 1)).hasSize(160);
    assertThat(UnitCutter.of(Stream.DEFAULT, 2, 100 * gigabyte).cut(big, 1, 1)).hasSize(40);
  }

  @Test
  void copyOut_sliceAndWhole_readOnlyTheTableItself() {
    StreamTable table = table(List.of("a", "\"b c\""), heap(1, 1, true, ""));

    assertThat(new Unit(1, 1, "s.t", "", 1, 0L, 7L, 1).copyOut(table))
        .isEqualTo(
            "copy (select a, \"b c\" from only s.t where ctid >= '(0,0)'::tid"
                + " and ctid < '(7,0)'::tid) to stdout (format binary)");
    assertThat(new Unit(1, 1, "s.t", "", 1, 7L, null, 1).copyOut(table))
        .isEqualTo(
            "copy (select a, \"b c\" from only s.t where ctid >= '(7,0)'::tid) to stdout"
                + " (format binary)");
    assertThat(new Unit(1, 1, "s.t", "", 1, null, null, 1).copyOut(table))
        .isEqualTo("copy s.t (a, \"b c\") to stdout (format binary)");
    assertThat(new Unit(1, 1, "s.t", "WHERE x", 1, null, null, 1).copyOut(table))
        .isEqualTo("copy (select a, \"b c\" from only s.t WHERE x) to stdout (format binary)");
    assertThat(new Unit(1, 1, "s.t", "", 1, null, null, 1).copyOut(table(List.of())))
        .isEqualTo("copy s.t to stdout (format binary)");
  }

  @Test
  void copyOut_chunkOfWhichRowsMayBeCompressed_isReadByAQueryThatSeesThem() {
    StreamTable table = table(List.of("a"), heap(1000, 10 * MEGABYTE, true, "").with(Scan.QUERY));

    List<Unit> units = UnitCutter.of(SMALL, 2, 0).cut(table, 1, 1);

    assertThat(units).hasSize(1);
    assertThat(units.get(0).copyOut(table))
        .isEqualTo("copy (select a from s.t) to stdout (format binary)");
  }
}
