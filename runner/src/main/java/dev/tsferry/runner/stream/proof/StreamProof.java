package dev.tsferry.runner.stream.proof;

import dev.tsferry.plan.Stream;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitCutter;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import dev.tsferry.runner.stream.unit.UnitLedger.Entry;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what was read from the source while it was copied with what the target holds now, row by
 * row in effect: each table's digest, for which the target is read once.
 */
public final class StreamProof {
  private static final String LOST =
      "%s has lost rows that were copied, it has %,d now: the target crashed since, which empties unlogged tables";

  private final Server source;
  private final Server target;
  private final Stream options;
  private final int jobs;
  private final StreamCatalog.Scope scope;
  private final EarlyDigests early;

  public StreamProof(
      Server source,
      Server target,
      Stream options,
      int jobs,
      StreamCatalog.Scope scope,
      EarlyDigests early) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.jobs = jobs;
    this.scope = scope;
    this.early = early;
  }

  /**
   * A table on both sides.
   *
   * @param read what was read from the source
   * @param found what the target holds
   */
  public record ProvenTable(TableName table, RowDigest read, RowDigest found) {
    /** Whether both hold the same rows. */
    public boolean matches() {
      return read.equals(found);
    }
  }

  /**
   * What was found.
   *
   * @param sourceHeaps the source's tables whose rows are in {@code tables}
   * @param targetHeaps the target's
   * @param differences in words, with the keys of rows where there are keys
   */
  public record Result(
      List<ProvenTable> tables,
      Set<TableName> sourceHeaps,
      Set<TableName> targetHeaps,
      List<String> differences) {
    public Result {
      tables = List.copyOf(tables);
      sourceHeaps = Set.copyOf(sourceHeaps);
      targetHeaps = Set.copyOf(targetHeaps);
      differences = List.copyOf(differences);
    }
  }

  /** Reads the target and compares; where a table differs, both sides are read to find the rows. */
  public Result prove(StepContext context) throws InterruptedException {
    UnitLedger ledger = new UnitLedger(target);
    Map<Integer, RowDigest> read = new HashMap<>();
    Map<Integer, Copied> copied = ledger.copied();
    Set<Integer> lost = new HashSet<>();
    for (Unit unit : ledger.units()) {
      Copied there = copied.get(unit.id());
      if (there == null) {
        lost.add(unit.table());
      }
      read.merge(unit.table(), there == null ? RowDigest.NONE : there.digest(), RowDigest::plus);
    }
    StreamCatalog catalog = catalog();
    ChunkTables chunks = catalog.chunks();
    Map<Integer, StreamTable> onSource = tables(catalog, ledger.tables());
    Map<Integer, StreamTable> onTarget = onTarget(target, onSource, chunks);
    Map<Integer, RowDigest> found = found(onTarget, context);
    List<ProvenTable> proven = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Map.Entry<Integer, StreamTable> entry : onSource.entrySet()) {
      ProvenTable table =
          new ProvenTable(
              entry.getValue().name(),
              read.getOrDefault(entry.getKey(), RowDigest.NONE),
              found.get(entry.getKey()));
      proven.add(table);
      if (lost.contains(entry.getKey())) {
        // Rows and ledger went together, so that nothing else would tell.
        differences.add(LOST.formatted(chunks.inWords(table.table()), table.found().rows()));
      } else if (!table.matches()) {
        differences.add(
            inWords(table, chunks)
                + new RowSearch(source, target, jobs)
                    .find(entry.getValue(), onTarget.get(entry.getKey()), context));
      }
    }
    return new Result(
        ProvenHypertables.together(proven, chunks),
        heaps(onSource, chunks),
        heaps(onTarget, chunks),
        differences);
  }

  private Map<Integer, RowDigest> found(Map<Integer, StreamTable> onTarget, StepContext context)
      throws InterruptedException {
    Map<Integer, RowDigest> found;
    try (Session session = target.visit("verify")) {
      found = new HashMap<>(early.stillTrue(session, onTarget));
    }
    Map<Integer, StreamTable> unread = new LinkedHashMap<>(onTarget);
    unread.keySet().removeAll(found.keySet());
    found.putAll(
        new UnitDigests(target, jobs)
            .read(
                unread,
                units(options, jobs, unread),
                unit -> (bytes, offset, length) -> {},
                (unit, done, total) ->
                    context.progress("reading back " + unit.heap(), done, total, "byte")));
    return found;
  }

  private static String inWords(ProvenTable table, ChunkTables chunks) {
    String name = chunks.inWords(table.table());
    return table.read().rows() == table.found().rows()
        ? "%s has %,d rows on both sides, and not the same".formatted(name, table.read().rows())
        : "%s had %,d rows when it was copied and has %,d on the target"
            .formatted(name, table.read().rows(), table.found().rows());
  }

  static Set<TableName> heaps(Map<Integer, StreamTable> tables, ChunkTables chunks) {
    Set<TableName> names = new HashSet<>();
    tables.values().forEach(t -> t.heaps().stream().map(SourceHeap::name).forEach(names::add));
    // Some of their rows are in batches, which were not counted.
    names.removeAll(chunks.withCompressedRows());
    return names;
  }

  private StreamCatalog catalog() {
    try (Session sourceSession = source.visit("verify");
        Session targetSession = target.visit("verify")) {
      return StreamCatalog.read(sourceSession, targetSession, scope);
    }
  }

  private static Map<Integer, StreamTable> tables(StreamCatalog catalog, List<Entry> entries) {
    Map<TableName, StreamTable> byName =
        catalog.tables().stream().collect(Collectors.toMap(StreamTable::name, Function.identity()));
    Map<Integer, StreamTable> tables = new LinkedHashMap<>();
    for (Entry entry : entries) {
      StreamTable table = byName.get(new TableName(entry.schema(), entry.name()));
      // One that is gone since is found by the comparison of the catalogues.
      if (table != null) {
        tables.put(entry.id(), table);
      }
    }
    return tables;
  }

  static Map<Integer, StreamTable> onTarget(
      Server target, Map<Integer, StreamTable> tables, ChunkTables chunks) {
    List<Integer> numbers = new ArrayList<>(tables.keySet());
    List<StreamTable> found;
    try (Session session = target.visit("verify")) {
      found = TargetHeaps.of(session, new ArrayList<>(tables.values()));
    }
    Map<Integer, StreamTable> byNumber = new LinkedHashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      StreamTable table = found.get(i);
      byNumber.put(
          numbers.get(i),
          chunks.hasCompressed(table.name())
              ? table.withHeaps(table.heaps().stream().map(heap -> heap.with(Scan.WHOLE)).toList())
              : table);
    }
    return byNumber;
  }

  static List<Unit> units(Stream options, int jobs, Map<Integer, StreamTable> tables) {
    long total = tables.values().stream().mapToLong(StreamTable::bytes).sum();
    UnitCutter cutter = UnitCutter.of(options, jobs, total);
    List<Unit> units = new ArrayList<>();
    tables.forEach((number, table) -> units.addAll(cutter.cut(table, number, units.size())));
    return units;
  }
}
