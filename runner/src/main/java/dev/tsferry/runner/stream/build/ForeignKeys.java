package dev.tsferry.runner.stream.build;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.dump.TableStatement.Making;
import dev.tsferry.runner.load.StatementFailure;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.process.Workers;
import dev.tsferry.runner.stream.build.TargetTables.Table;
import dev.tsferry.runner.stream.loss.Losses;
import dev.tsferry.runner.stream.loss.Retries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes foreign keys without a look at the rows, which takes no time, and has the rows looked at
 * several tables at a time. Not those of hypertables, nor those of partitioned tables before
 * PostgreSQL 18, which refuse a key that is not valid.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT">NOT
 *     VALID</a>
 */
final class ForeignKeys {
  private static final int PARTITIONED_SINCE = 18;
  private final Server target;
  private final BuildWorker.Common common;
  private final TargetTables tables;
  private final Set<String> made;
  private final List<StatementChange> broken = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param made rows of the ledger that were there before
   */
  ForeignKeys(Server target, BuildWorker.Common common, TargetTables tables, Set<String> made) {
    this.target = target;
    this.common = common;
    this.tables = tables;
    this.made = made;
  }

  /** Makes them; returns those that rows break. */
  List<StatementChange> make(String step, List<TableStatement> statements)
      throws InterruptedException {
    Map<TableName, List<TableStatement>> byTable = new LinkedHashMap<>();
    try (IndexBuilder builder = builder()) {
      for (TableStatement statement : statements) {
        if (mayBeNotValid(statement)
            && (made.contains(statement.row()) || add(builder, statement))
            && statement.notValid().isPresent()) {
          byTable.computeIfAbsent(statement.table(), t -> new ArrayList<>()).add(statement);
        }
      }
    }
    new KeyedTablesVacuum(target, common).run();
    // Two of one table would wait for each other.
    Queue<List<TableStatement>> queue = new ConcurrentLinkedQueue<>(largestFirst(byTable));
    Workers.run(
        "foreign-keys",
        Math.min(common.jobs(), queue.size()),
        common.all(),
        () -> {
          try (IndexBuilder builder = builder()) {
            for (List<TableStatement> keys = queue.poll(); keys != null; keys = queue.poll()) {
              for (TableStatement key : keys) {
                validate(builder, step, key);
              }
            }
          }
          return null;
        });
    return broken.stream().sorted(Comparator.comparing(StatementChange::statement)).toList();
  }

  private boolean mayBeNotValid(TableStatement statement) {
    Optional<Table> table = tables.table(statement.table());
    return statement.making() == Making.FOREIGN_KEY
        && table.isPresent()
        && !table.get().hypertable()
        && (!table.get().partitioned() || target.majorVersion() >= PARTITIONED_SINCE);
  }

  private Collection<List<TableStatement>> largestFirst(
      Map<TableName, List<TableStatement>> byTable) {
    return byTable.values().stream()
        .sorted(
            Comparator.comparingLong(
                    (List<TableStatement> keys) ->
                        tables.table(keys.get(0).table()).orElseThrow().bytes())
                .reversed())
        .toList();
  }

  private IndexBuilder builder() {
    return new IndexBuilder(target, common.all(), common.run(), common.jobs());
  }

  /** Whether the key is there now. */
  private boolean add(IndexBuilder builder, TableStatement key) throws InterruptedException {
    common.context().checkCancelled();
    common.progress().begun(key, 0);
    SchemaStatement as = key.notValid().orElse(key.statement());
    return trying(builder, key, () -> builder.build(key, as, common.jobs())).isEmpty();
  }

  private void validate(IndexBuilder builder, String step, TableStatement key)
      throws InterruptedException {
    common.context().checkCancelled();
    common.progress().begun(key, 0);
    Optional<SQLException> refusal = trying(builder, key, () -> builder.validate(key));
    common.progress().ended(key, 0);
    if (refusal.isPresent()) {
      StatementFailure failure = StatementFailure.of(key.statement(), refusal.get());
      common
          .context()
          .warn(
              "%s: the key is there and not valid; %s".formatted(failure.text(), failure.remedy()));
      broken.add(
          new StatementChange(
              step,
              StatementChange.Kind.CHANGED,
              key.statement().shown(),
              "NOT VALID: %s; %s"
                  .formatted(ServerErrors.message(refusal.get()), failure.remedy())));
    }
  }

  private interface Work {
    Optional<SQLException> refusal() throws SQLException;
  }

  private Optional<SQLException> trying(IndexBuilder builder, TableStatement key, Work work)
      throws InterruptedException {
    Retries retries = new Retries(common.context(), common.beforeRetry(), common.all());
    while (true) {
      try {
        return work.refusal();
      } catch (SQLException | MigrationException e) {
        builder.close();
        common.all().check();
        if (e instanceof MigrationException told && !Losses.isLoss(e)) {
          throw told;
        }
        retries.waitAfter(key.statement().title(), e);
      }
    }
  }
}
