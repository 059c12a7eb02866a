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
  private static final double SECONDS_PER_DAY = 86_400;
  private static final Map<Double, String> UNITS =
      Map.of(1.0, "seconds", 1e3, "milliseconds", 1e6, "microseconds", 1e9, "nanoseconds");

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
      double recentDays,
      double unitsPerSecond) {

    /** Whether the column counts seconds or fractions of them since 1970. */
    boolean isNumber() {
      return unitsPerSecond > 0;
    }

    String interval(long sharedBuffers, int hypertables) {
      return isNumber()
          ? ChunkIntervals.choose(
              bytesPerDay(), days, sharedBuffers, hypertables, unitsPerSecond * SECONDS_PER_DAY)
          : ChunkIntervals.choose(bytesPerDay(), days, sharedBuffers, hypertables);
    }

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
                      column.table(), column.name(), column.interval(sharedBuffers, hypertables));
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
        "about %,.0f rows, %s, which lie in the order of %s (correlation %.2f)%s%s",
        column.rows(),
        ByteSizes.text(column.bytes()),
        column.name(),
        column.order(),
        column.isNumber()
            ? ", which counts %s since 1970 by the look of it"
                .formatted(UNITS.get(column.unitsPerSecond()))
            : "",
        rate);
  }

  // Updates and deletes are counted only since the statistics were last reset: then they say
  // something, else the order of the rows alone does. A column of dates has few distinct values, so
  // the histogram may be missing; then the rate is unknown. Numbers in the order of the rows are
  // mostly keys: only those that nothing counts up, and that are times between 2000 and 2100, are
  // taken for time.
  private List<Column> columns() {
    return source.list(
        DOING,
        """
        with c as (
          select c.oid, n.nspname, c.relname, a.attname, a.attnum, c.reltuples,
                 pg_catalog.pg_total_relation_size(c.oid) as bytes, abs(s.correlation) as correlation,
                 s.histogram_bounds::text::text[] as bounds, s.null_frac,
                 a.atttypid in ('int4'::regtype, 'int8'::regtype) as number
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_catalog.pg_stats s
              on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
             and not s.inherited
            left join pg_catalog.pg_stat_user_tables u on u.relid = c.oid
           where c.relkind = 'r' and c.relpersistence = 'p' and not c.relispartition
             and (a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
                  or a.atttypid in ('int4'::regtype, 'int8'::regtype) and a.attidentity = ''
                     and not exists (select from pg_catalog.pg_attrdef d
                                      where d.adrelid = c.oid and d.adnum = a.attnum))
             and coalesce(to_jsonb(a) ->> 'attgenerated', '') = ''
             and c.reltuples >= %d and abs(s.correlation) >= %s and s.null_frac = 0
             and coalesce(u.n_tup_upd + u.n_tup_del, 0) <= greatest(u.n_tup_ins, c.reltuples) / 10
             and %s and %s and not %s)
        select nspname, relname, attname, reltuples, bytes, correlation,
               not exists (select from pg_catalog.pg_index i
                            where i.indrelid = c.oid and (i.indisunique or i.indisexclusion)
                              and not (c.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1]))),
               coalesce((e.last - e.first) / 86400, 0), coalesce((e.last - e.recent) / 86400, 0),
               coalesce(e.units, 0)
          from c left join lateral (
            select case when number then u.units end as units,
                   case when number then b.first::float8 / u.units
                        else extract(epoch from b.first::timestamptz) end as first,
                   case when number then b.last::float8 / u.units
                        else extract(epoch from b.last::timestamptz) end as last,
                   case when number then b.recent::float8 / u.units
                        else extract(epoch from b.recent::timestamptz) end as recent
              from (select bounds[1] as first, bounds[array_length(bounds, 1)] as last,
                           bounds[greatest(1, array_length(bounds, 1) - array_length(bounds, 1) / 10)] as recent) b,
                   (values (1::float8), (1e3), (1e6), (1e9)) u (units)
             where array_length(bounds, 1) >= 20
               and case when number
                        then b.first::float8 >= 946684800 * u.units and b.last::float8 <= 4102444800 * u.units
                        else u.units = 1 and b.first <> '-infinity' and b.last <> 'infinity' end
             limit 1
          ) e on true
         where not number or e.units is not null
        """
            .formatted(
                FEW_ROWS,
                ORDERED,
                UserObjects.SCHEMA,
                UserObjects.notOfExtension("pg_class", "c.oid"),
                UserObjects.chunk(source)),
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
                row.getDouble(9),
                row.getDouble(10)));
  }
}
