package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.UserObjects;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.Workers;
import dev.tsferry.runner.state.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers statistics, without which the target's first queries would be planned badly. The server
 * passes over what the user may not analyze, with a warning.
 */
final class AnalyzeStep implements Step {
  private static final String ID = "analyze";
  private static final String DOING = "listing what has no statistics";
  // WARNING:  skipping "pg_authid" --- only superuser can analyze it; from 17 on permission denied
  // to analyze "pg_authid", skipping it.
  private static final Pattern SKIPPED =
      Pattern.compile("(?:skipping|permission denied to analyze) \"([^\"]+)\"");

  // Catalogues and extensions' tables the platform analyzes by itself; the warnings don't name the
  // schema.
  private static final String USERS_TABLES =
      """
      select format('%%I.%%I', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = any (?) and c.relkind in ('r', 'm', 'p', 'f')
        and not pg_has_role(c.relowner, 'usage') and %s and %s
      order by 1
      """
          .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid"));

  // A hypertable's statistics come with those of its chunks, a partitioned table's with those of
  // its
  // partitions. What was vacuumed for its foreign keys has them, but for those that the schema
  // declared
  // afterwards.
  private static final String DUE =
      """
      select format('%%I.%%I', n.nspname, c.relname), pg_relation_size(c.oid) >= %d
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_stat_all_tables s on s.relid = c.oid
       where c.relkind in ('r', 'm', 'p') and not c.relispartition
         and c.relpersistence <> 't' and n.nspname <> 'pg_toast'
         and (s.last_analyze is null or s.n_mod_since_analyze > 0
              or exists (select from pg_statistic_ext e where e.stxrelid = c.oid)
              or exists (select from pg_index i where i.indrelid = c.oid and i.indexprs is not null))
         and %s
       order by 2 desc, pg_relation_size(c.oid) desc
      """;
  // Not asked whether a chunk was dropped: it has no table, and later versions no such column.
  private static final String NO_CHUNK =
      """
      not exists (select from _timescaledb_catalog.chunk k
                   where k.schema_name = n.nspname and k.table_name = c.relname)
      """;
  private static final int LARGE_BYTES = 1 << 20;
  private static final int AT_ONCE = 50;

  private final Workspace workspace;

  AnalyzeStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "gather statistics";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws InterruptedException {
    try (Session target = workspace.target().visit(ID)) {
      List<String> passedOver = ofUsers(target, passedOver(analyze(due(target), context)));
      if (!passedOver.isEmpty()) {
        context.info(
            "only a superuser or the owner may analyze %s; passed over: %s"
                .formatted(Counted.of(passedOver.size(), "table"), Findings.some(passedOver)));
      }
      target.transaction(
          "recording the step", connection -> Ledger.record(connection, workspace.run(), ID, ""));
    }
    return "statistics of the whole database";
  }

  /** What is analyzed by one statement each: large tables alone, small ones together. */
  private static List<String> due(Session target) {
    boolean timescaledb =
        target.isTrue(DOING, "select to_regclass('_timescaledb_catalog.chunk') is not null");
    List<String> alone = new ArrayList<>();
    List<String> small = new ArrayList<>();
    target.list(
        DOING,
        DUE.formatted(LARGE_BYTES, timescaledb ? NO_CHUNK : "true"),
        row -> (row.getBoolean(2) ? alone : small).add(row.getString(1)));
    for (int from = 0; from < small.size(); from += AT_ONCE) {
      alone.add(String.join(", ", small.subList(from, Math.min(small.size(), from + AT_ONCE))));
    }
    return alone;
  }

  /** Analyzes several at a time, and returns the server's warnings. */
  private List<String> analyze(List<String> due, StepContext context) throws InterruptedException {
    Queue<String> queue = new ConcurrentLinkedQueue<>(due);
    List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger done = new AtomicInteger();
    Cancellation all = new Cancellation();
    Server target = workspace.target().within(all);
    Workers.run(
        ID,
        Math.min(workspace.stream().jobs(), due.size()),
        all,
        () -> {
          try (Session session = target.connect(ID)) {
            for (String next = queue.poll(); next != null; next = queue.poll()) {
              context.checkCancelled();
              context.progress(next, done.get(), due.size(), "statement");
              warnings.addAll(
                  session.executeWithWarnings("analyzing the target", "analyze " + next));
              done.incrementAndGet();
            }
          }
          return null;
        });
    return warnings;
  }

  private static List<String> ofUsers(Session target, List<String> relations) {
    return target.list(
        "looking up what was not analyzed",
        USERS_TABLES,
        row -> row.getString(1),
        (Object) relations.toArray(String[]::new));
  }

  /** The tables of warnings such as {@code permission denied to analyze "x", skipping it}. */
  static List<String> passedOver(List<String> warnings) {
    return warnings.stream()
        .map(SKIPPED::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .distinct()
        .sorted()
        .toList();
  }
}
