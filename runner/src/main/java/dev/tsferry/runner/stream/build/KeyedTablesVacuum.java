package dev.tsferry.runner.stream.build;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.Workers;
import dev.tsferry.runner.stream.loss.Losses;
import dev.tsferry.runner.stream.loss.Retries;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Vacuums the tables on both ends of foreign keys before their rows are looked at: the server then
 * knows which pages everybody sees and compares indexes with each other, without a look at each row
 * (5 million rows against 5 million: 1.7 s in place of 6 s, the vacuum itself 2 s). Their
 * statistics are gathered on the way, which is due anyway.
 *
 * @see <a href="https://www.postgresql.org/docs/current/indexes-index-only-scans.html">Index-only
 *     scans</a>
 */
final class KeyedTablesVacuum {
  // Smaller ones are hashed in no time.
  private static final int LEAST_BYTES = 8 << 20;

  private static final String TABLES =
      """
      select format('vacuum (analyze) %%I.%%I', n.nspname, c.relname)
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and c.relallvisible = 0 and pg_catalog.pg_relation_size(c.oid) >= %d
         and exists (select from pg_catalog.pg_constraint k
                      where k.contype = 'f' and not k.convalidated and c.oid in (k.conrelid, k.confrelid))
       order by pg_catalog.pg_relation_size(c.oid) desc
      """
          .formatted(LEAST_BYTES);

  private final Server target;
  private final BuildWorker.Common common;

  KeyedTablesVacuum(Server target, BuildWorker.Common common) {
    this.target = target;
    this.common = common;
  }

  /** Vacuums those that have keys which are not valid, several at a time. */
  void run() throws InterruptedException {
    List<String> statements;
    try (Session session = target.visit("index")) {
      statements =
          session.list("looking for foreign keys' tables", TABLES, row -> row.getString(1));
    }
    Queue<String> queue = new ConcurrentLinkedQueue<>(statements);
    Workers.run(
        "vacuum",
        Math.min(common.jobs(), statements.size()),
        common.all(),
        () -> {
          for (String next = queue.poll(); next != null; next = queue.poll()) {
            vacuum(next);
          }
          return null;
        });
  }

  private void vacuum(String statement) throws InterruptedException {
    Retries retries = new Retries(common.context(), common.beforeRetry(), common.all());
    while (true) {
      common.context().checkCancelled();
      common.context().progress(statement, 0, 0, "statement");
      try (Session session = target.connectForScript("index")) {
        session.executeRaw(statement);
        return;
      } catch (SQLException | MigrationException e) {
        common.all().check();
        if (!Losses.isLoss(e)) {
          // It was to be quicker, no more; the keys are looked at all the same.
          common.context().info(statement + ": " + words(e));
          return;
        }
        retries.waitAfter(statement, e);
      }
    }
  }

  private static String words(Exception e) {
    return e instanceof SQLException refusal ? ServerErrors.message(refusal) : e.getMessage();
  }
}
