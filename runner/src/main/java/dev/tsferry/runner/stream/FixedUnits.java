package dev.tsferry.runner.stream;

import dev.tsferry.plan.Stream;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitCutter;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a copy consists of: written to the ledger before the first unit is copied, so that every
 * attempt has the same units.
 *
 * @param tables by their numbers in the ledger
 * @param units of all tables
 */
record FixedUnits(Map<Integer, StreamTable> tables, List<Unit> units) {

  /**
   * Cuts tables that the ledger does not have yet, and writes their units down.
   *
   * @throws MigrationException {@code STATE_MISMATCH} if the target has no place any more for units
   *     of an earlier attempt
   */
  static FixedUnits of(UnitLedger ledger, StreamCatalog catalog, Stream options, int jobs) {
    List<Entry> entries = ledger.tables();
    Map<TableName, Integer> numbers = new HashMap<>();
    entries.forEach(e -> numbers.put(new TableName(e.schema(), e.name()), e.id()));
    int nextTable = entries.stream().mapToInt(Entry::id).max().orElse(0) + 1;
    int nextUnit = ledger.nextNumber();
    long total = catalog.tables().stream().mapToLong(StreamTable::bytes).sum();
    UnitCutter cutter = UnitCutter.of(options, jobs, total);
    Map<Integer, StreamTable> all = new LinkedHashMap<>();
    Map<Integer, StreamTable> added = new LinkedHashMap<>();
    List<Unit> units = new ArrayList<>();
    for (StreamTable table : catalog.tables()) {
      Integer number = numbers.get(table.name());
      if (number == null) {
        number = nextTable++;
        added.put(number, table);
        List<Unit> cut = cutter.cut(table, number, nextUnit);
        nextUnit += cut.size();
        units.addAll(cut);
      }
      all.put(number, table);
    }
    if (!added.isEmpty()) {
      ledger.fix(added, units);
    }
    FixedUnits fixed = new FixedUnits(all, ledger.units());
    fixed.requireTables();
    return fixed;
  }

  /** The tables that have units which are not copied yet. */
  Set<TableName> lacking(Set<Integer> copied) {
    return units.stream()
        .filter(unit -> !copied.contains(unit.id()))
        .map(unit -> tables.get(unit.table()).name())
        .collect(Collectors.toSet());
  }

  private void requireTables() {
    List<String> gone =
        units.stream()
            .filter(unit -> !tables.containsKey(unit.table()))
            .map(Unit::heap)
            .distinct()
            .toList();
    if (!gone.isEmpty()) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "copying the rows: the target has no place any more for %s, of which an earlier attempt copied rows"
              .formatted(String.join(", ", gone)),
          "\"tsferry rollback\" and begin anew");
    }
  }
}
