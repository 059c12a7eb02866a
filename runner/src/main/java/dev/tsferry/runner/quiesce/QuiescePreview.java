package dev.tsferry.runner.quiesce;

import dev.tsferry.plan.Quiesce;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.List;

/** What a run would do to the source to keep it quiet, for a dry run. */
public final class QuiescePreview {
  private QuiescePreview() {}

  /** The statements, of which only the lock on each table is certain to end with the run. */
  public static List<String> statements(Session source, Quiesce options) {
    List<String> statements = new ArrayList<>();
    if (options.readOnly()) {
      statements.add(
          ReadOnlySource.statement(source)
              + (options.keepReadOnly() ? "" : " -- undone when the run ends"));
    }
    if (options.endWriters()) {
      statements.add(
          "SELECT pg_terminate_backend(pid) -- of each session that %s"
              .formatted(options.readOnly() ? "is not the run's" : "writes"));
    }
    if (options.mode() == Quiesce.Mode.LOCK) {
      new SourceTables(source)
          .lockable().stream()
              .filter(SourceTables.Lockable::allowed)
              .forEach(
                  table ->
                      statements.add(
                          "LOCK TABLE %s IN SHARE MODE -- while it is dumped"
                              .formatted(table.name())));
    }
    return statements;
  }
}
