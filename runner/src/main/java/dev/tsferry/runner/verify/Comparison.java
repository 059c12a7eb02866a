package dev.tsferry.runner.verify;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.compare.QuotedNames;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.verify.Inventory.SequenceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Compares the two databases, table by table and sequence by sequence. */
public final class Comparison {
  private final Server source;
  private final Server target;
  private final Map<TableName, Long> dumped;
  private final Set<String> handedOver;
  private final UnaryOperator<TableName> whereItsRowsGo;
  private final boolean estimated;
  private Known known = Known.NOTHING;

  /**
   * @param dumped rows of each table in the dump, as far as known
   * @param handedOver quoted names of what can't be carried, which is not compared
   * @param whereItsRowsGo the target's table for each of the source's
   * @param estimated whether the servers' estimates will do, and the dump's rows for the source's
   */
  public Comparison(
      Server source,
      Server target,
      Map<TableName, Long> dumped,
      Set<String> handedOver,
      UnaryOperator<TableName> whereItsRowsGo,
      boolean estimated) {
    this.handedOver = Set.copyOf(handedOver);
    this.source = source;
    this.target = target;
    this.dumped = Map.copyOf(dumped);
    this.whereItsRowsGo = whereItsRowsGo;
    this.estimated = estimated;
  }

  /**
   * Rows that were counted already, in another way.
   *
   * @param sourceRows by the target's table
   * @param sourceTables the source's tables that they are in
   * @param targetTables the target's tables that they are in
   */
  public record Known(
      Map<TableName, Long> sourceRows,
      Map<TableName, Long> targetRows,
      Set<TableName> sourceTables,
      Set<TableName> targetTables) {
    public static final Known NOTHING = new Known(Map.of(), Map.of(), Set.of(), Set.of());
  }

  /** The same without counting again what is known. */
  public Comparison knowing(Known counted) {
    known = counted;
    return this;
  }

  /** Told how many tables of how many were counted, both sides together. */
  @FunctionalInterface
  public interface Progress {
    void counted(TableName table, int done, int total);
  }

  /**
   * What was found.
   *
   * @param tables every table with its rows on both sides, by name
   * @param sequences sequences that were compared
   * @param differences every difference in words
   * @param remarks what is no difference but worth knowing
   */
  public record Result(
      List<TableCount> tables, int sequences, List<String> differences, List<String> remarks) {
    public Result {
      tables = List.copyOf(tables);
      differences = List.copyOf(differences);
      remarks = List.copyOf(remarks);
    }
  }

  /** Compares all. */
  public Result compare(Progress progress) throws InterruptedException {
    try (Session sourceSession = source.visit("verify");
        Session targetSession = target.visit("verify")) {
      Inventory sourceSide = new Inventory(sourceSession);
      Inventory targetSide = new Inventory(targetSession);
      Map<TableName, Relation> sourceRelations = sourceSide.relations();
      Map<TableName, Relation> targetRelations = targetSide.relations();
      List<Relation> sourceLeft = without(sourceRelations, known.sourceTables());
      List<Relation> targetLeft = without(targetRelations, known.targetTables());
      int total = sourceLeft.size() + targetLeft.size();
      AtomicInteger done = new AtomicInteger();
      List<Map<TableName, Long>> rows =
          new RowCounter(table -> progress.counted(table, done.incrementAndGet(), total))
              .count(
                  List.of(
                      new RowCounter.Work(source, sourceLeft, estimated),
                      new RowCounter.Work(target, targetLeft, estimated)));
      Map<TableName, Long> sourceRows = new HashMap<>(known.sourceRows());
      Map<TableName, Long> targetRows = new HashMap<>(rows.get(1));
      targetRows.putAll(known.targetRows());
      rows.get(0)
          .forEach(
              (table, count) -> sourceRows.merge(whereItsRowsGo.apply(table), count, Long::sum));
      if (estimated) {
        dumped.forEach(sourceRows::replace);
      }
      List<String> differences = new ArrayList<>();
      List<String> remarks = new ArrayList<>();
      List<TableCount> tables = new ArrayList<>();
      for (TableName name : names(sourceRows, targetRows)) {
        if (isHandedOver(sourceRelations.get(name), targetRelations.get(name))) {
          remarks.add("%s could not be carried; its rows are on the source only".formatted(name));
          continue;
        }
        TableCount count = count(name, sourceRows, targetRows, targetRelations.get(name));
        tables.add(count);
        if (!count.matches()) {
          Relation view = sourceRelations.get(name);
          if (isStale(view, count, sourceSide)) {
            remarks.add(
                "materialized view %s held %s on the source; it was out of date, refreshed it holds %d"
                    .formatted(name, Counted.of(count.sourceRows(), "row"), count.targetRows()));
          } else {
            differences.add(inWords(name, count));
          }
        }
      }
      Map<String, SequenceState> sourceSequences = new TreeMap<>(sourceSide.sequences());
      Map<String, SequenceState> targetSequences = targetSide.sequences();
      sourceSequences
          .keySet()
          .removeIf(
              name ->
                  handedOver.contains(QuotedNames.plain(name))
                      && !targetSequences.containsKey(name));
      int sequences = sequences(sourceSequences, targetSequences, differences);
      ContentComparison contents =
          new ContentComparison(sourceSession, targetSession, differences, remarks);
      contents.views(sourceRelations, targetRelations, tables);
      contents.largeObjects();
      return new Result(tables, sequences, differences, remarks);
    }
  }

  private static List<Relation> without(
      Map<TableName, Relation> relations, Set<TableName> counted) {
    return relations.values().stream()
        .filter(relation -> !counted.contains(relation.name()))
        .toList();
  }

  private boolean isHandedOver(Relation onSource, Relation onTarget) {
    return onTarget == null
        && onSource != null
        && handedOver.contains(QuotedNames.plain(onSource.quoted()));
  }

  private static List<TableName> names(Map<TableName, Long> source, Map<TableName, Long> target) {
    Set<TableName> all = new HashSet<>(source.keySet());
    all.addAll(target.keySet());
    return all.stream()
        .sorted(Comparator.comparing(TableName::schema).thenComparing(TableName::name))
        .toList();
  }

  private TableCount count(
      TableName name,
      Map<TableName, Long> sourceRows,
      Map<TableName, Long> targetRows,
      Relation onTarget) {
    return new TableCount(
        name.schema(),
        name.name(),
        sourceRows.getOrDefault(name, -1L),
        targetRows.getOrDefault(name, -1L),
        onTarget != null && onTarget.hypertable(),
        onTarget == null ? 0 : onTarget.chunks(),
        estimated);
  }

  // The target's was filled from the tables as they are; the source's perhaps long ago.
  private static boolean isStale(Relation view, TableCount count, Inventory source) {
    return view != null
        && view.view()
        && view.populated()
        && count.targetRows() >= 0
        && source.rowsOfDefinition(view) == count.targetRows();
  }

  private String inWords(TableName name, TableCount count) {
    if (count.targetRows() < 0) {
      return "%s is missing on the target (%s on the source)"
          .formatted(name, Counted.of(count.sourceRows(), "row"));
    }
    if (count.sourceRows() < 0) {
      return "%s is on the target only (%s)".formatted(name, Counted.of(count.targetRows(), "row"));
    }
    Long inDump = dumped.get(name);
    String moved =
        inDump != null && inDump == count.targetRows()
            ? "; the dump had as many as the target, so the source was written to since"
            : "";
    return "%s has %s on the source and %d on the target%s"
        .formatted(name, Counted.of(count.sourceRows(), "row"), count.targetRows(), moved);
  }

  private static int sequences(
      Map<String, SequenceState> source,
      Map<String, SequenceState> target,
      List<String> differences) {
    Set<String> names = new TreeSet<>(source.keySet());
    names.addAll(target.keySet());
    for (String name : names) {
      SequenceState onSource = source.get(name);
      SequenceState onTarget = target.get(name);
      if (onSource == null || onTarget == null) {
        differences.add(
            "sequence %s is on the %s only"
                .formatted(name, onSource == null ? "target" : "source"));
      } else if (!onSource.equals(onTarget)) {
        differences.add(
            "sequence %s is at %s on the source and at %s on the target"
                .formatted(name, onSource, onTarget));
      }
    }
    return names.size();
  }
}
