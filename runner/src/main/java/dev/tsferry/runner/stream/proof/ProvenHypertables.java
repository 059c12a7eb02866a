package dev.tsferry.runner.stream.proof;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.stream.proof.StreamProof.ProvenTable;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings what was proven of chunks together under their hypertables, each row once. */
final class ProvenHypertables {
  private ProvenHypertables() {}

  /**
   * The user's tables. Left out are hypertables of which some rows are compressed, since a batch is
   * not as many rows as it holds, and those of TimescaleDB's own.
   */
  static List<ProvenTable> together(List<ProvenTable> proven, ChunkTables chunks) {
    Set<TableName> compressed = chunks.withCompressedRows();
    Map<TableName, ProvenTable> tables = new LinkedHashMap<>();
    for (ProvenTable table : proven) {
      TableName name = chunks.hypertable(table.table());
      if (!compressed.contains(name) && !name.schema().startsWith("_timescaledb_")) {
        tables.merge(
            name,
            new ProvenTable(name, table.read(), table.found()),
            (one, other) ->
                new ProvenTable(
                    name, one.read().plus(other.read()), one.found().plus(other.found())));
      }
    }
    return List.copyOf(tables.values());
  }
}
