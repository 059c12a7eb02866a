package dev.tsferry.runner.stream.table;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.load.ExtensionTables;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SkippedExtensions;
import dev.tsferry.runner.stream.table.Columns.Column;
import dev.tsferry.runner.stream.table.Columns.Relation;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import dev.tsferry.runner.stream.table.StreamTable.Chunking;
import dev.tsferry.runner.timescaledb.ChunkTables;
import dev.tsferry.runner.timescaledb.Hypertables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Puts the source's heaps and the target's tables together.
 *
 * @param tables what is to be copied
 * @param missing tables of the source that the target lacks, quoted; what could not be made there
 * @param unwritable tables of extensions whose rows only the target's platform may write
 * @param chunks which of the tables are chunks, of {@link Chunks#TABLES}
 */
public record StreamCatalog(
    List<StreamTable> tables,
    List<String> missing,
    List<SourceHeap> unwritable,
    ChunkTables chunks) {
  private static final String TIMESCALEDB = "_timescaledb_";

  public StreamCatalog {
    tables = List.copyOf(tables);
    unwritable = List.copyOf(unwritable);
    missing = List.copyOf(missing);
  }

  /**
   * What of the source is carried, and where to.
   *
   * @param rootOf the table that takes the rows of each of the source's
   * @param skipped extensions that stay behind, with the rows of their tables
   * @param chunks what a chunk of the source is
   */
  public record Scope(UnaryOperator<TableName> rootOf, SkippedExtensions skipped, Chunks chunks) {}

  /** What chunks of the source are. */
  public enum Chunks {
    /** There are none. */
    NONE,

    /** Tables of their own, compressed ones too, as they are carried in restore mode. */
    TABLES,

    /** Parts of their hypertable, whose rows are told apart by no chunk and no compression. */
    PARTS
  }

  /**
   * Reads both sides.
   *
   * @param source in the snapshot
   * @throws MigrationException {@code STATE_MISMATCH} if columns don't go together
   */
  public static StreamCatalog read(Session source, Session target, Scope scope) {
    SourceHeaps heaps = new SourceHeaps(source);
    Map<TableName, TableName> routed = heaps.routed();
    Map<TableName, List<SourceHeap>> groups = new LinkedHashMap<>();
    boolean parts = scope.chunks() == Chunks.PARTS;
    ChunkTables chunks = scope.chunks() == Chunks.NONE ? ChunkTables.NONE : ChunkTables.of(source);
    UnaryOperator<SourceHeap> read = parts ? asSeen(chunks) : heap -> asItIs(heap, chunks);
    Set<TableName> batches = parts ? Hypertables.of(source).batches() : Set.of();
    for (SourceHeap heap : heaps.all()) {
      // Its own tables' rows are a file of the dump.
      if (heap.ofExtension() && heap.name().schema().startsWith(TIMESCALEDB)) {
        continue;
      }
      // Their rows are seen through the chunk beside them.
      if (batches.contains(heap.name()) || (parts && chunks.isCompressed(heap.name()))) {
        continue;
      }
      TableName root = scope.rootOf().apply(heap.name());
      groups
          .computeIfAbsent(routed.getOrDefault(root, root), name -> new ArrayList<>())
          .add(read.apply(heap));
    }
    return new Matching(source, target, scope, parts ? ChunkTables.NONE : chunks).match(groups);
  }

  // As pg_dump reads it: without the batches beside it.
  private static SourceHeap asItIs(SourceHeap heap, ChunkTables chunks) {
    return chunks.hasCompressed(heap.name()) ? heap.with(Scan.WHOLE) : heap;
  }

  /**
   * Heaps as their user sees them, with the rows that TimescaleDB compressed into other tables.
   * Where it compresses some chunks it may compress another one now, so all of them are queried.
   */
  public static UnaryOperator<SourceHeap> asSeen(ChunkTables chunks) {
    Set<TableName> hypertables = chunks.withCompressedRows();
    return heap ->
        chunks.isChunk(heap.name()) && hypertables.contains(chunks.hypertable(heap.name()))
            ? heap.with(Scan.QUERY)
            : heap;
  }

  private static final class Matching {
    private static final String ANY_BYTES = "SQL_ASCII";

    private final Session source;
    private final Map<String, Relation> onSource;
    private final Map<String, Relation> onTarget;
    private final Map<String, Chunking> chunkings;
    private final ColumnTypes types;
    private final ExtensionTables extensions;
    private final ChunkTables chunks;
    private final boolean padsBytes;
    private final boolean ordersOtherwise;
    private final List<String> problems = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<SourceHeap> unwritable = new ArrayList<>();

    Matching(Session source, Session target, Scope scope, ChunkTables chunks) {
      this.source = source;
      this.onSource = Columns.of(source, scope.chunks() != Chunks.NONE);
      this.onTarget = Columns.of(target, scope.chunks() != Chunks.NONE);
      // In restore mode a hypertable takes no rows, and makes no chunks.
      this.chunkings = scope.chunks() == Chunks.TABLES ? Map.of() : Chunkings.of(target, onTarget);
      this.chunks = chunks;
      this.types = new ColumnTypes(source, target);
      this.extensions = ExtensionTables.of(source, target, scope.skipped());
      String onTheSource = encoding(source);
      String onTheTarget = encoding(target);
      // char(n) has n bytes there, and n characters everywhere else; but no text is converted.
      this.padsBytes = onTheSource.equals(ANY_BYTES) && !onTheTarget.equals(ANY_BYTES);
      this.ordersOtherwise = !onTheSource.equals(ANY_BYTES) && !onTheSource.equals(onTheTarget);
    }

    StreamCatalog match(Map<TableName, List<SourceHeap>> groups) {
      List<StreamTable> tables = new ArrayList<>();
      groups.forEach((name, heaps) -> match(name, heaps).ifPresent(tables::add));
      if (!problems.isEmpty()) {
        throw new MigrationException(
            ErrorCode.STATE_MISMATCH,
            "putting the tables of both sides together:\n  " + String.join("\n  ", problems),
            "\"tsferry rollback\" and begin anew",
            "or carry the database with data mode dump");
      }
      return new StreamCatalog(tables, missing, unwritable, chunks);
    }

    private static String encoding(Session session) {
      return session.text("reading an encoding", "select current_setting('server_encoding')");
    }

    private Optional<StreamTable> match(TableName name, List<SourceHeap> heaps) {
      String quoted = quoted(name, heaps);
      Relation target = onTarget.get(quoted);
      if (target == null) {
        // An extension that stays behind takes its tables with it.
        heaps.stream().filter(h -> !h.ofExtension()).map(SourceHeap::quoted).forEach(missing::add);
        return Optional.empty();
      }
      if (extensions.isOutOfReach(name)) {
        unwritable.addAll(heaps);
        return Optional.empty();
      }
      Optional<String> reason = Optional.empty();
      for (SourceHeap heap : heaps) {
        Optional<String> ofHeap = match(onSource.get(heap.quoted()), target);
        reason = reason.or(() -> ofHeap);
      }
      Chunking chunking = chunkings.get(quoted);
      return Optional.of(
          new StreamTable(
              name,
              quoted,
              target.columns().stream().map(Column::quoted).toList(),
              values(onSource.get(heaps.get(0).quoted()), target),
              order(onSource.get(heaps.get(0).quoted()), target),
              reason.isEmpty() ? RowFormat.BINARY : RowFormat.TEXT,
              reason.orElse(""),
              // What is said of a partitioned table is nothing that holds for its partitions.
              target.unlogged() && !target.partitioned(),
              chunking,
              target.partitioned() || chunking != null,
              heaps));
    }

    // By their lengths in bytes, which an encoding decides.
    private KeyOrder order(Relation heap, Relation target) {
      Map<Integer, KeyOrder.Kind> columns = new HashMap<>();
      for (int i = 0; i < target.columns().size() && ordersOtherwise; i++) {
        String name = target.columns().get(i).name();
        int position = i;
        heap.columns().stream()
            .filter(column -> column.name().equals(name))
            .findFirst()
            .flatMap(column -> types.keyOrder(column.typeId()))
            .ifPresent(kind -> columns.put(position, kind));
      }
      return new KeyOrder(columns);
    }

    /** What is read of each column: itself, but for padding that depends on the encoding. */
    private List<String> values(Relation heap, Relation target) {
      Set<String> padded =
          heap.columns().stream()
              .filter(column -> padsBytes && types.isPadded(column.typeId()))
              .map(Column::name)
              .collect(Collectors.toSet());
      return target.columns().stream()
          .map(c -> padded.contains(c.name()) ? c.quoted() + "::text" : c.quoted())
          .toList();
    }

    private String quoted(TableName name, List<SourceHeap> heaps) {
      return heaps.stream()
          .filter(heap -> heap.name().equals(name))
          .map(SourceHeap::quoted)
          .findFirst()
          .orElseGet(
              () ->
                  source.text(
                      "quoting a name",
                      "select format('%I.%I', ?::text, ?::text)",
                      name.schema(),
                      name.name()));
    }

    /** Why not binary; what does not go together at all is a problem. */
    private Optional<String> match(Relation heap, Relation target) {
      Map<String, Column> left = new LinkedHashMap<>();
      heap.columns().forEach(column -> left.put(column.name(), column));
      Optional<String> reason = Optional.empty();
      for (Column column : target.columns()) {
        Column from = left.remove(column.name());
        if (from == null) {
          problems.add(
              "%s has no column %s, which the target's %s has"
                  .formatted(heap.quoted(), column.quoted(), target.quoted()));
          continue;
        }
        Optional<String> ofColumn =
            from.type().equals(column.type())
                ? types.notBinary(from.typeId())
                : Optional.of(
                    "%s is %s on the source and %s on the target"
                        .formatted(column.quoted(), from.type(), column.type()));
        reason = reason.or(() -> ofColumn);
      }
      left.values()
          .forEach(
              column ->
                  problems.add(
                      "%s has a column %s, which the target's %s has not"
                          .formatted(heap.quoted(), column.quoted(), target.quoted())));
      return reason;
    }
  }
}
