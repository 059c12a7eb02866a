package dev.tsferry.runner.stream.unit;

import dev.tsferry.plan.Stream;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts heaps into slices of about the same size, TOAST counted: small enough that no worker is left
 * alone with the last giant, large enough that a transaction each costs nothing.
 */
public final class UnitCutter {
  private static final long MEGABYTE = 1 << 20;
  private static final long SMALLEST = 64 * MEGABYTE;
  private static final long LARGEST = 256 * MEGABYTE;
  // That many slices for each worker leave a short tail.
  private static final int SLICES_A_JOB = 16;
  // What even an empty table costs: two statements and a commit.
  private static final long LEAST_WEIGHT = 32 << 10;

  private final long sliceBytes;

  private UnitCutter(long sliceBytes) {
    this.sliceBytes = sliceBytes;
  }

  /** A cutter for a database of {@code totalBytes}. */
  public static UnitCutter of(Stream options, int jobs, long totalBytes) {
    if (options.sliceMegabytes() > 0) {
      return new UnitCutter(options.sliceMegabytes() * MEGABYTE);
    }
    long even = totalBytes / ((long) jobs * SLICES_A_JOB);
    return new UnitCutter(Math.max(SMALLEST, Math.min(LARGEST, even)));
  }

  /** A cutter that leaves every heap whole. */
  public static UnitCutter ofWholeHeaps() {
    return new UnitCutter(Long.MAX_VALUE / 2);
  }

  /**
   * The units of a table, in the order of its pages.
   *
   * @param number the table's number in the ledger
   * @param firstId the first unit's number; the others follow
   */
  public List<Unit> cut(StreamTable table, int number, int firstId) {
    List<Unit> units = new ArrayList<>();
    for (SourceHeap heap : table.heaps()) {
      int slices = slices(table, heap);
      long weight = Math.max(LEAST_WEIGHT, heap.bytes() / slices);
      long blocks = (heap.blocks() + slices - 1) / Math.max(1, slices);
      for (int i = 0; i < slices; i++) {
        units.add(
            new Unit(
                firstId + units.size(),
                number,
                heap.quoted(),
                heap.filter(),
                heap.file(),
                slices == 1 ? null : i * blocks,
                // Pages may be added until the snapshot is taken; the last unit has them.
                slices == 1 || i == slices - 1 ? null : (i + 1) * blocks,
                weight));
      }
    }
    return units;
  }

  private int slices(StreamTable table, SourceHeap heap) {
    boolean whole =
        heap.scan() != Scan.PAGES || !heap.filter().isEmpty() || table.columns().isEmpty();
    if (whole || heap.bytes() < 2 * sliceBytes) {
      return 1;
    }
    return (int) Math.min(Math.max(1, heap.blocks()), (heap.bytes() + sliceBytes - 1) / sliceBytes);
  }
}
