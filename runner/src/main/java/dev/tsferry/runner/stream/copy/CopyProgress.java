package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the copy is, in bytes of the source's tables: what is done, and of what is under way a
 * guess by the bytes that went over the wire. It never goes back.
 */
public final class CopyProgress {
  private final Map<Integer, StreamTable> tables;
  private final long total;
  private final Map<Unit, AtomicLong> underway = new ConcurrentHashMap<>();
  private final AtomicLong wire = new AtomicLong();
  private long done;
  private long doneWire;
  private long told;

  /**
   * @param total weight of all units
   * @param done weight of those that are there already
   * @param doneWire what those were on the wire
   */
  CopyProgress(Map<Integer, StreamTable> tables, long total, long done, long doneWire) {
    this.tables = tables;
    this.total = total;
    this.done = done;
    this.doneWire = doneWire;
  }

  /** Bytes done of all, and what is under way. */
  public record Now(List<String> tables, long done, long total, long wireBytes) {}

  AtomicLong begin(Unit unit) {
    return underway.computeIfAbsent(unit, u -> new AtomicLong());
  }

  void moved(AtomicLong ofUnit, long bytes) {
    ofUnit.addAndGet(bytes);
    wire.addAndGet(bytes);
  }

  synchronized void finished(Unit unit, long wireBytes) {
    underway.remove(unit);
    done += unit.weight();
    doneWire += wireBytes;
  }

  void failed(Unit unit) {
    underway.remove(unit);
  }

  /** Where the copy is now. */
  public synchronized Now now() {
    double bytesOfWire = doneWire > 0 && done > 0 ? (double) done / doneWire : 1;
    long at = done;
    List<String> names = new ArrayList<>();
    for (Map.Entry<Unit, AtomicLong> entry : underway.entrySet()) {
      Unit unit = entry.getKey();
      at += Math.min(unit.weight() * 9 / 10, (long) (entry.getValue().get() * bytesOfWire));
      String name = tables.get(unit.table()).name().toString();
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    told = Math.max(told, Math.min(at, total));
    return new Now(names, told, total, wire.get());
  }
}
