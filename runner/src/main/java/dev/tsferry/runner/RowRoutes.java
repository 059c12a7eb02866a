package dev.tsferry.runner;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.Merger;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.ChunkTables;
import dev.tsferry.runner.timescaledb.Hypertables;
import dev.tsferry.runner.timescaledb.Partitions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the rows of each of the source's tables are to be found on the target, whoever carried
 * them: those of partitions and chunks in the hypertable, those of a continuous aggregate in what
 * TimescaleDB keeps for it there, which may have another number.
 */
final class RowRoutes {
  private static final String PURPOSE = "compare";

  private final Merger merger;
  private final ChunkTables chunks;
  private final Map<TableName, TableName> viewsOnSource;
  private final Map<TableName, TableName> viewsOnTarget;
  private final Map<TableName, TableName> tablesOfViews = new HashMap<>();

  private RowRoutes(Merger merger, ChunkTables chunks, Hypertables onSource, Hypertables onTarget) {
    this.merger = merger;
    this.chunks = chunks;
    this.viewsOnSource = onSource.aggregates();
    this.viewsOnTarget = onTarget.aggregates();
    viewsOnTarget.forEach((table, view) -> tablesOfViews.put(view, table));
  }

  /** Reads both sides' catalogues. */
  static RowRoutes between(Server source, Server target) {
    Hypertables onTarget;
    try (Session session = target.connect(PURPOSE)) {
      onTarget = Hypertables.of(session);
    }
    try (Session session = source.connect(PURPOSE)) {
      Hypertables onSource = Hypertables.of(session);
      // What is one on both sides has chunks, which are no partitions of the user's.
      Set<TableName> converted = new HashSet<>(onTarget.users());
      converted.removeAll(onSource.users());
      return new RowRoutes(
          Partitions.below(session, List.copyOf(converted)),
          ChunkTables.of(session),
          onSource,
          onTarget);
    }
  }

  /** The target's table that should have a table's rows; a name that nothing has, if none can. */
  TableName rootOf(TableName table) {
    TableName own = chunks.hypertable(table);
    TableName view = viewsOnSource.get(own);
    return view == null ? merger.rootOf(own) : tablesOfViews.getOrDefault(view, view);
  }

  /** The name that the user knows a table of the target by. */
  TableName known(TableName table) {
    return viewsOnTarget.getOrDefault(table, table);
  }

  /** Continuous aggregates that are none on the target. */
  Set<TableName> lost() {
    Set<TableName> views = new HashSet<>(viewsOnSource.values());
    views.removeAll(viewsOnTarget.values());
    return views;
  }
}
