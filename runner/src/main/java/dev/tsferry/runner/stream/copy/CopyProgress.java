package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.stream.build.BuildWorker;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the copy is, in bytes of the source's tables: what is done, and of what is under way a
 * guess by the bytes that went over the wire. It never goes back.
 */
public final class CopyProgress implements BuildWorker.Progress {
  // To read a table, for an index and sort it, takes about a quarter of what copying it takes.
  private static final int BUILDS_FOR_A_COPY = 4;

  private final Map<Integer, StreamTable> tables;
  private final long total;
  private final Map<Unit, AtomicLong> underway = new ConcurrentHashMap<>();
  private final Set<String> building = ConcurrentHashMap.newKeySet();
  private final AtomicLong wire = new AtomicLong();
  private long done;
  private long doneWire;
  private long built;
  private long told;

  /**
   * @param total weight of all units
   * @param done weight of those that are there already
   * @param doneWire what those were on the wire
   * @param toBuild bytes of tables, once for each index that is built on them and once for reading
   *     them back
   */
  CopyProgress(
      Map<Integer, StreamTable> tables, long total, long done, long doneWire, long toBuild) {
    this.tables = tables;
    this.total = total + toBuild / BUILDS_FOR_A_COPY;
    this.done = done;
    this.doneWire = doneWire;
  }

  /**
   * Bytes done of all, and what is under way.
   *
   * @param copying how many units are on the wire
   */
  public record Now(List<String> names, int copying, long done, long total, long wireBytes) {}

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

  @Override
  public void begun(TableStatement build, long bytes) {
    building.add(build.statement().title());
  }

  @Override
  public synchronized void ended(TableStatement build, long bytes) {
    building.remove(build.statement().title());
    built += bytes;
  }

  /** So many bytes of tables were read back. */
  synchronized void read(long bytes) {
    built += bytes;
  }

  /** Where the copy is now. */
  public synchronized Now now() {
    double bytesOfWire = doneWire > 0 && done > 0 ? (double) done / doneWire : 1;
    long at = done + built / BUILDS_FOR_A_COPY;
    List<String> names = new ArrayList<>();
    for (Map.Entry<Unit, AtomicLong> entry : underway.entrySet()) {
      Unit unit = entry.getKey();
      at += Math.min(unit.weight() * 9 / 10, (long) (entry.getValue().get() * bytesOfWire));
      String name = tables.get(unit.table()).name().toString();
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    int copying = names.size();
    names.addAll(building);
    if (names.isEmpty() && done > 0) {
      names.add("reading back what was copied");
    }
    told = Math.max(told, Math.min(at, total));
    return new Now(names, copying, told, total, wire.get());
  }
}
