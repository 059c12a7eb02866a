package dev.tsferry.runner.stream.proof;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Stream;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.AtOnce;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.proof.StreamProof.ProvenTable;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Compares all rows of both databases as they are now, whoever carried them: each side is read once
 * and digested, and where a table differs, its rows are named by their keys. A hypertable's digest
 * is the sum of its chunks', so that it doesn't matter where each side cuts them. Chunks of a
 * hypertable of which some rows are compressed are read by queries, which see these rows, too.
 */
public final class RowComparison {
  private final Server source;
  private final Server target;
  private final int jobs;
  private final StreamCatalog.Scope scope;

  /**
   * @param jobs how many sessions read each side at a time
   */
  public RowComparison(Server source, Server target, int jobs, StreamCatalog.Scope scope) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.jobs = jobs;
    this.scope = requireNonNull(scope, "scope is null");
  }

  /**
   * A table whose rows are not the same.
   *
   * @param detail in words, with the keys of rows where there are keys
   */
  public record DifferentTable(TableName table, String detail) {}

  /**
   * What was found.
   *
   * @param proof all tables of both sides, and where they are
   */
  public record Result(StreamProof.Result proof, List<DifferentTable> different) {
    public Result {
      different = List.copyOf(different);
    }
  }

  /** Reads both sides. */
  public Result compare(StepContext context) throws IOException, InterruptedException {
    StreamCatalog catalog = catalog();
    Map<Integer, StreamTable> onSource = new LinkedHashMap<>();
    catalog.tables().forEach(table -> onSource.put(onSource.size() + 1, table));
    Map<Integer, StreamTable> onTarget = onTarget(onSource);
    Map<Integer, RowDigest> read = new HashMap<>();
    Map<Integer, RowDigest> found = new HashMap<>();
    AtOnce.all(
        List.of(
            () -> read.putAll(digests(source, onSource, context)),
            () -> found.putAll(digests(target, onTarget, context))));
    List<ProvenTable> tables = new ArrayList<>();
    List<DifferentTable> different = new ArrayList<>();
    for (Map.Entry<Integer, StreamTable> entry : onSource.entrySet()) {
      int number = entry.getKey();
      ProvenTable table =
          new ProvenTable(entry.getValue().name(), read.get(number), found.get(number));
      tables.add(table);
      if (!table.matches()) {
        different.add(
            new DifferentTable(
                table.table(),
                counts(table)
                    + new RowSearch(source, target, jobs)
                        .find(entry.getValue(), onTarget.get(number), context)));
      }
    }
    return new Result(
        new StreamProof.Result(
            tables,
            StreamProof.heaps(onSource, ChunkTables.NONE),
            StreamProof.heaps(onTarget, ChunkTables.NONE),
            List.of()),
        different);
  }

  private StreamCatalog catalog() {
    try (Session sourceSession = source.connect("compare");
        Session targetSession = target.connect("compare")) {
      return StreamCatalog.read(sourceSession, targetSession, scope);
    }
  }

  private Map<Integer, StreamTable> onTarget(Map<Integer, StreamTable> tables) {
    Map<Integer, StreamTable> found = StreamProof.onTarget(target, tables, ChunkTables.NONE);
    UnaryOperator<SourceHeap> read;
    try (Session session = target.connect("compare")) {
      read = StreamCatalog.asSeen(ChunkTables.of(session));
    }
    found.replaceAll((number, table) -> table.withHeaps(table.heaps().stream().map(read).toList()));
    return found;
  }

  private Map<Integer, RowDigest> digests(
      Server server, Map<Integer, StreamTable> tables, StepContext context)
      throws InterruptedException {
    return new UnitDigests(server, jobs)
        .read(
            tables,
            StreamProof.units(Stream.DEFAULT, jobs, tables),
            unit -> (bytes, offset, length) -> {},
            (unit, done, total) ->
                context.progress(
                    "the %s's %s".formatted(server.side().word(), unit.heap()),
                    done,
                    total,
                    "byte"));
  }

  private static String counts(ProvenTable table) {
    return table.read().rows() == table.found().rows()
        ? "%,d rows on both sides, and not the same".formatted(table.read().rows())
        : "%,d rows on the source and %,d on the target"
            .formatted(table.read().rows(), table.found().rows());
  }
}
