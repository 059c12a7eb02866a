package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.util.List;

/** What a run changed on the source, in the run's ledger in the target. */
final class SourceChangeTable {
  private static final String READING = "reading the ledger in the target's schema tsferry";
  private static final String WRITING = "writing the ledger in the target";

  private final Server target;

  SourceChangeTable(Server target) {
    this.target = target;
  }

  /**
   * A setting that was made.
   *
   * @param database the source's database
   * @param before the setting's value before, or null if it had none
   */
  record Change(String database, String before) {}

  /** Every change that was not undone, the last one first. */
  List<Change> all() {
    try (Session session = target.connect("undo")) {
      if (session.text(READING, "select to_regclass('tsferry.source_change')::text") == null) {
        return List.of();
      }
      return session.list(
          READING,
          "select database, value_before from tsferry.source_change order by id desc",
          row -> new Change(row.getString(1), row.getString(2)));
    }
  }

  /** Writes one down, before it is made. */
  void add(String setting, Change change) {
    try (Session session = target.visit("quiesce")) {
      session.list(
          WRITING,
          "insert into tsferry.source_change (database, setting, value_before) values (?, ?, ?) returning id",
          row -> row.getInt(1),
          change.database(),
          setting,
          change.before());
    }
  }

  /** Forgets all of them. */
  void clear() {
    try (Session session = target.connect("undo")) {
      session.execute(WRITING, "delete from tsferry.source_change");
    }
  }
}
