package dev.tsferry.runner.stream.copy;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which units of which tables are still to be copied. */
public final class UnitsLeft {
  private final Map<Integer, StreamTable> tables;
  private final Collection<Unit> all;
  private final Map<Integer, Copied> before;
  private final List<Unit> units;
  private final Map<TableName, Integer> numbers = new HashMap<>();
  private final Map<Integer, Integer> ofTable = new HashMap<>();
  private int left;

  /**
   * @param tables by their numbers in the ledger
   * @param all units of all tables
   * @param before what the ledger has
   */
  public UnitsLeft(
      Map<Integer, StreamTable> tables, Collection<Unit> all, Map<Integer, Copied> before) {
    this.tables = Map.copyOf(tables);
    this.all = List.copyOf(all);
    this.before = Map.copyOf(before);
    this.units = all.stream().filter(unit -> !before.containsKey(unit.id())).toList();
    this.left = units.size();
    tables.forEach((number, table) -> numbers.put(table.name(), number));
    units.forEach(unit -> ofTable.merge(unit.table(), 1, Integer::sum));
  }

  /** What is finished with a unit. */
  enum Finished {
    UNIT,
    TABLE,
    ALL
  }

  /** Whether all were copied before. */
  public boolean isNone() {
    return units.isEmpty();
  }

  /** Those that were to be copied in the beginning. */
  List<Unit> units() {
    return units;
  }

  StreamTable table(Unit unit) {
    return table(unit.table());
  }

  StreamTable table(int number) {
    return tables.get(number);
  }

  /** The number of a table in the ledger. */
  Optional<Integer> number(TableName name) {
    return Optional.ofNullable(numbers.get(name));
  }

  /** The size of all tables. */
  long bytes() {
    return all.stream().mapToLong(Unit::weight).sum();
  }

  /** Tables that had no unit left in the beginning. */
  List<TableName> finishedTables() {
    return tables.entrySet().stream()
        .filter(table -> !ofTable.containsKey(table.getKey()))
        .map(table -> table.getValue().name())
        .toList();
  }

  synchronized Finished finished(Unit unit) {
    int ofItsTable = ofTable.merge(unit.table(), -1, Integer::sum);
    left--;
    if (left == 0) {
      return Finished.ALL;
    }
    return ofItsTable == 0 ? Finished.TABLE : Finished.UNIT;
  }

  /**
   * How far the copy is.
   *
   * @param buildBytes of tables, once for each index that is built and once for reading back
   */
  CopyProgress progress(long buildBytes) {
    long total = bytes();
    long rest = units.stream().mapToLong(Unit::weight).sum();
    long wire = before.values().stream().mapToLong(Copied::bytes).sum();
    return new CopyProgress(tables, total, total - rest, wire, buildBytes);
  }
}
