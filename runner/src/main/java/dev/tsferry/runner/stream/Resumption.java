package dev.tsferry.runner.stream;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.quiesce.SourceWrite;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.digest.RowMessages;
import dev.tsferry.runner.stream.digest.RowReader;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import dev.tsferry.runner.stream.unit.UnitLedger.Entry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of an earlier attempt's copy still holds in a new snapshot: tables that moved since are
 * emptied and forgotten, so that they are copied again; all others stay.
 *
 * <p>A table did not move if it has the same file and its counters say that nothing was written.
 * Where the counters say nothing, its slices are read and digested again.
 */
final class Resumption {
  private final UnitLedger ledger;
  private final Session source;
  private final StreamCatalog catalog;
  private final List<SourceWrite> signs;
  private final boolean known;
  private final Map<Integer, List<Unit>> units;
  private final Map<Integer, Copied> copied;

  /**
   * @param source in the new snapshot
   * @param signs of writes to the source since the earlier one
   * @param known whether the absence of signs says anything
   */
  Resumption(
      UnitLedger ledger,
      Session source,
      StreamCatalog catalog,
      List<SourceWrite> signs,
      boolean known) {
    this.ledger = ledger;
    this.source = source;
    this.catalog = catalog;
    this.signs = List.copyOf(signs);
    this.known = known;
    this.units = ledger.units().stream().collect(Collectors.groupingBy(Unit::table));
    this.copied = ledger.copied();
  }

  /** Empties and forgets what moved, and tells it. */
  void forgetMoved(StepContext context) throws InterruptedException {
    Map<TableName, StreamTable> tables =
        catalog.tables().stream().collect(Collectors.toMap(StreamTable::name, Function.identity()));
    List<String> again = new ArrayList<>();
    for (Entry entry : ledger.tables()) {
      context.checkCancelled();
      StreamTable table = tables.get(new TableName(entry.schema(), entry.name()));
      // One that is gone on either side is the schema's business, and has been found there.
      if (table == null) {
        continue;
      }
      Optional<String> moved = moved(entry, table, context);
      if (moved.isPresent()) {
        ledger.forget(table, entry);
        again.add("%s (%s)".formatted(catalog.chunks().inWords(table.name()), moved.get()));
      }
    }
    if (!again.isEmpty()) {
      context.warn(
          "the source changed since an earlier attempt copied it; copied again: "
              + Findings.some(again));
    }
  }

  private Optional<String> moved(Entry entry, StreamTable table, StepContext context)
      throws InterruptedException {
    List<Unit> own = units.getOrDefault(entry.id(), List.of());
    if (!entry.shape().equals(UnitLedger.shape(table))) {
      return Optional.of("its columns are others");
    }
    Map<String, Long> files = new HashMap<>();
    table.heaps().forEach(heap -> files.put(heap.quoted(), heap.file()));
    Set<String> cut = new HashSet<>();
    own.forEach(unit -> cut.add(unit.heap()));
    if (!cut.equals(files.keySet())) {
      return Optional.of("its partitions are others");
    }
    for (Unit unit : own) {
      if (files.get(unit.heap()) != unit.file()) {
        return Optional.of(unit.heap() + " was rewritten");
      }
    }
    for (SourceHeap heap : table.heaps()) {
      Optional<SourceWrite> write =
          signs.stream()
              .filter(sign -> sign.matters() && sign.table().equals(heap.quoted()))
              .findFirst();
      if (write.isPresent()) {
        return write.map(SourceWrite::text);
      }
    }
    return isUncertain(table) ? byDigest(own, table, context) : Optional.empty();
  }

  private boolean isUncertain(StreamTable table) {
    Set<String> heaps =
        table.heaps().stream()
            .map(SourceHeap::quoted)
            .collect(Collectors.toCollection(HashSet::new));
    // What holds for all tables.
    heaps.add("source");
    return !known
        || signs.stream()
            .anyMatch(
                sign -> sign.kind() == SourceWrite.Kind.UNKNOWN && heaps.contains(sign.table()));
  }

  private Optional<String> byDigest(List<Unit> own, StreamTable table, StepContext context)
      throws InterruptedException {
    for (Unit unit : own) {
      Copied before = copied.get(unit.id());
      if (before == null) {
        continue;
      }
      context.progress("looking whether %s moved".formatted(unit), 0, 0, "byte");
      if (!digest(unit, table).equals(before.digest())) {
        return Optional.of("its rows have another digest");
      }
    }
    return Optional.empty();
  }

  private RowDigest digest(Unit unit, StreamTable table) throws InterruptedException {
    try {
      return RowReader.read(
          RowMessages.of(source.copyOut(unit.copyOut(table)), source.driver()),
          table,
          (bytes, offset, length) -> {});
    } catch (SQLException e) {
      throw dev.tsferry.runner.postgres.ServerErrors.working(
          source.side(), "reading %s again".formatted(unit), e);
    }
  }
}
