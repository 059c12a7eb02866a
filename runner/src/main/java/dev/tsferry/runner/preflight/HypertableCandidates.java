package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.check.CheckReport.Candidate;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds tables that look like time series: large, with a column of time in whose order the rows
 * lie, and rarely updated or deleted. Reads statistics only, so a table that was never analyzed is
 * not seen.
 */
final class HypertableCandidates {
  private static final String DOING = "looking for tables worth converting";
  private static final long FEW_ROWS = 100_000;
  private static final double ORDERED = 0.9;

  private final Session source;
  private final Session target;

  HypertableCandidates(Session source, Session target) {
    this.source = source;
    this.target = target;
  }

  /** A column of time, with what the statistics say. */
  private record Column(
      TableName table,
      String name,
      double rows,
      long bytes,
      double order,
      boolean inEveryKey,
      double days,
      double recentShare,
      double recentDays) {

    /** The mean rate or, if it is higher, that of the newest tenth of the rows. */
    double bytesPerDay() {
      double mean = days > 0 ? bytes / days : 0;
      double recent = recentDays > 0 ? bytes * recentShare / recentDays : 0;
      return Math.max(mean, recent);
    }
  }

  /** Every candidate that the plan does not have yet, the largest first. */
  List<Candidate> find(Pipeline pipeline) {
    Set<TableName> planned = new HashSet<>();
    pipeline.hypertables().forEach(hypertable -> planned.add(hypertable.table()));
    Map<TableName, Column> best = new LinkedHashMap<>();
    for (Column column : columns()) {
      if (!planned.contains(column.table())) {
        best.merge(column.table(), column, HypertableCandidates::better);
      }
    }
    long sharedBuffers =
        target.number(DOING, "select pg_catalog.pg_size_bytes(current_setting('shared_buffers'))");
    int hypertables = planned.size() + best.size();
    planned.addAll(best.keySet());
    List<Candidate> candidates = new ArrayList<>();
    best.values().stream()
        .sorted(Comparator.comparingLong(Column::bytes).reversed())
        .forEach(
            column -> {
              Hypertable hypertable =
                  new Hypertable(
                      column.table(),
                      column.name(),
                      ChunkIntervals.choose(
                          column.bytesPerDay(), column.days(), sharedBuffers, hypertables));
              List<String> obstacles =
                  HypertableChecks.obstacles(source, target, hypertable, planned);
              candidates.add(
                  new Candidate(
                      hypertable,
                      reason(column),
                      obstacles.isEmpty() ? null : String.join("; ", obstacles)));
            });
    return candidates;
  }

  private static Column better(Column one, Column other) {
    if (one.inEveryKey() != other.inEveryKey()) {
      return one.inEveryKey() ? one : other;
    }
    return other.order() > one.order() ? other : one;
  }

  private static String reason(Column column) {
    String rate =
        column.bytesPerDay() > 0
            ? ", about %s a day with indexes".formatted(ByteSizes.text((long) column.bytesPerDay()))
            : "";
    return String.format(
        Locale.ROOT,
        "about %,.0f rows, %s, which lie in the order of %s (correlation %.2f)%s",
        column.rows(),
        ByteSizes.text(column.bytes()),
        column.name(),
        column.order(),
        rate);
  }

  // Updates and deletes are counted only since the statistics were last reset: then they say
  // something, else the order of the rows alone does. A column of dates has few distinct values, so
  // the histogram may be missing; then the rate is unknown.
  private List<Column> columns() {
    return source.list(
        DOING,
        """
        with c as (
          select c.oid, n.nspname, c.relname, a.attname, a.attnum, c.reltuples,
                 pg_catalog.pg_total_relation_size(c.oid) as bytes, abs(s.correlation) as correlation,
                 s.histogram_bounds::text::text[] as bounds, s.null_frac
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_catalog.pg_stats s
              on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
             and not s.inherited
            left join pg_catalog.pg_stat_user_tables u on u.relid = c.oid
           where c.relkind = 'r' and c.relpersistence = 'p' and not c.relispartition
             and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
             and coalesce(to_jsonb(a) ->> 'attgenerated', '') = ''
             and c.reltuples >= %d and abs(s.correlation) >= %s and s.null_frac = 0
             and coalesce(u.n_tup_upd + u.n_tup_del, 0) <= greatest(u.n_tup_ins, c.reltuples) / 10
             and %s and %s)
        select nspname, relname, attname, reltuples, bytes, correlation,
               not exists (select from pg_catalog.pg_index i
                            where i.indrelid = c.oid and (i.indisunique or i.indisexclusion)
                              and not (c.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1]))),
               coalesce(extract(epoch from e.last - e.first) / 86400, 0),
               coalesce(extract(epoch from e.last - e.recent) / 86400, 0)
          from c, lateral (
            select bounds[1]::timestamptz as first,
                   bounds[array_length(bounds, 1)]::timestamptz as last,
                   bounds[greatest(1, array_length(bounds, 1) - array_length(bounds, 1) / 10)]::timestamptz as recent
             where array_length(bounds, 1) >= 20
               and bounds[1] <> '-infinity' and bounds[array_length(bounds, 1)] <> 'infinity'
          ) e
        """
            .formatted(
                FEW_ROWS,
                ORDERED,
                UserObjects.SCHEMA,
                UserObjects.notOfExtension("pg_class", "c.oid")),
        row ->
            new Column(
                new TableName(row.getString(1), row.getString(2)),
                row.getString(3),
                row.getDouble(4),
                row.getLong(5),
                row.getDouble(6),
                row.getBoolean(7),
                row.getDouble(8),
                0.1,
                row.getDouble(9)));
  }
}
