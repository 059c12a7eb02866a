package dev.tsferry.runner.timescaledb;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tables are chunks and of which hypertable, so that what is carried chunk by chunk is told
 * under the name that its owner knows.
 *
 * @param chunks by the chunk's table
 */
public record ChunkTables(Map<TableName, Chunk> chunks) {
  public static final ChunkTables NONE = new ChunkTables(Map.of());
  private static final String DOING = "reading TimescaleDB's chunks";

  // A compressed chunk is one of a hypertable of TimescaleDB's own, which stands beside the user's.
  private static final String SQL =
      """
      select c.schema_name, c.table_name, h.schema_name, h.table_name,
             coalesce(ph.schema_name, u.schema_name, h.schema_name),
             coalesce(ph.table_name, u.table_name, h.table_name),
             p.id is not null or u.id is not null, c.compressed_chunk_id is not null,
             format('%I.%I', c.schema_name, c.table_name),
             format('%I.%I', coalesce(ph.schema_name, u.schema_name, h.schema_name),
                    coalesce(ph.table_name, u.table_name, h.table_name))
        from _timescaledb_catalog.chunk c
        join _timescaledb_catalog.hypertable h on h.id = c.hypertable_id
        left join _timescaledb_catalog.hypertable u on u.compressed_hypertable_id = h.id
        left join _timescaledb_catalog.chunk p on p.compressed_chunk_id = c.id
        left join _timescaledb_catalog.hypertable ph on ph.id = p.hypertable_id
      """;

  public ChunkTables {
    chunks = Map.copyOf(chunks);
  }

  /**
   * A chunk.
   *
   * @param of the hypertable that the catalogue has it under
   * @param hypertable the user's hypertable, which is another one of a compressed chunk
   * @param compressed whether it holds batches of compressed rows
   * @param hasCompressed whether such a table stands beside it, whose rows a query would add to its
   *     own
   */
  public record Chunk(
      TableName of, TableName hypertable, boolean compressed, boolean hasCompressed) {
    public Chunk {
      requireNonNull(of, "of is null");
      requireNonNull(hypertable, "hypertable is null");
    }
  }

  /** Those of one database; none where it has no TimescaleDB. */
  public static ChunkTables of(Session session) {
    if (!areThere(session)) {
      return NONE;
    }
    Map<TableName, Chunk> chunks = new HashMap<>();
    session.list(
        DOING,
        SQL,
        row ->
            chunks.put(
                new TableName(row.getString(1), row.getString(2)),
                new Chunk(
                    new TableName(row.getString(3), row.getString(4)),
                    new TableName(row.getString(5), row.getString(6)),
                    row.getBoolean(7),
                    row.getBoolean(8))));
    return new ChunkTables(chunks);
  }

  /** The user's hypertable of each chunk, both as the server quotes them. */
  public static Map<String, String> hypertablesOfChunks(Session session) {
    Map<String, String> hypertables = new HashMap<>();
    if (areThere(session)) {
      session.list(DOING, SQL, row -> hypertables.put(row.getString(9), row.getString(10)));
    }
    return hypertables;
  }

  private static boolean areThere(Session session) {
    return session.isTrue(
        DOING, "select pg_catalog.to_regclass('_timescaledb_catalog.chunk') is not null");
  }

  /** Whether a table is a chunk. */
  public boolean isChunk(TableName table) {
    return chunks.containsKey(table);
  }

  /** The user's hypertable of a chunk, and every other table itself. */
  public TableName hypertable(TableName table) {
    Chunk chunk = chunks.get(table);
    return chunk == null ? table : chunk.hypertable();
  }

  /** Whether a table holds batches of compressed rows. */
  public boolean isCompressed(TableName table) {
    Chunk chunk = chunks.get(table);
    return chunk != null && chunk.compressed();
  }

  /** Whether a query of a table would see rows that are in another one. */
  public boolean hasCompressed(TableName table) {
    Chunk chunk = chunks.get(table);
    return chunk != null && chunk.hasCompressed();
  }

  /**
   * Where a table's rows are counted: in its hypertable, or in TimescaleDB's own beside it, since
   * batches are no rows of the user's.
   */
  public TableName countedAs(TableName table) {
    Chunk chunk = chunks.get(table);
    if (chunk == null) {
      return table;
    }
    return chunk.compressed() && chunk.of().equals(chunk.hypertable()) ? table : chunk.of();
  }

  /**
   * The hypertables of which some rows are compressed, so that their heaps hold only the others.
   */
  public Set<TableName> withCompressedRows() {
    return chunks.values().stream()
        .filter(Chunk::compressed)
        .map(Chunk::hypertable)
        .collect(Collectors.toSet());
  }

  /**
   * A table in words, such as {@code shop.cpu: its chunk _timescaledb_internal._hyper_1_1_chunk}.
   */
  public String inWords(TableName table) {
    Chunk chunk = chunks.get(table);
    return chunk == null
        ? table.toString()
        : "%s: its %schunk %s"
            .formatted(chunk.hypertable(), chunk.compressed() ? "compressed " : "", table);
  }
}
