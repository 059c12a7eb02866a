package dev.tsferry.runner.stream.build;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.dump.TableStatement.Making;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.util.List;
import java.util.Set;

/**
 * Foreign keys that were made before their table's rows were lost: rows that the source has in
 * spite of a key that is not valid there would not get past it.
 */
public final class KeysInTheWay {
  private final Server target;
  private final Ledger ledger;

  public KeysInTheWay(Server target, Ledger ledger) {
    this.target = requireNonNull(target, "target is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /**
   * Drops those of {@code tables}, each with its row in the ledger, so that they are made again
   * with what is left of the schema.
   *
   * @param statements those of the schema's post-data
   */
  public void drop(List<TableStatement> statements, Set<TableName> tables) {
    Set<String> made = ledger.begunBy(TableStatement.ROW);
    List<TableStatement> keys =
        statements.stream()
            .filter(statement -> statement.making() == Making.FOREIGN_KEY)
            .filter(statement -> tables.contains(statement.table()))
            .filter(statement -> made.contains(statement.row()))
            .toList();
    if (keys.isEmpty()) {
      return;
    }
    try (Session session = target.visit("index")) {
      for (TableStatement key : keys) {
        drop(session, key);
      }
    }
  }

  private static void drop(Session session, TableStatement key) {
    String doing = "dropping the key %s of %s".formatted(key.name(), key.table());
    String drop =
        session.text(
            doing,
            "select format('alter table %I.%I drop constraint if exists %I', ?::text, ?::text, ?::text)",
            key.table().schema(),
            key.table().name(),
            key.name());
    session.transaction(
        doing,
        connection -> {
          Ledger.forget(connection, key.row());
          session.executeRaw(drop);
        });
  }
}
