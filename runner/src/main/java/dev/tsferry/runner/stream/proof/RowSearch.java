package dev.tsferry.runner.stream.proof;

import dev.tsferry.plan.Counted;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.digest.RowReader.RowSink;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitCutter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the rows in which the two sides of a table differ, in two passes over both, with memory
 * that does not grow with the table: rows are dealt into buckets by their key, buckets are
 * digested, and only rows of buckets that differ are looked at.
 */
final class RowSearch {
  private static final String DOING = "looking for the key of a table that differs";
  private static final int SHOWN = 10;

  // The source's table of that name may be another one: of rows that are routed on the target, it
  // is what the first part of them belongs to.
  private static final String ROOT =
      """
      with recursive tree(oid, level) as (
        select ?::bigint::oid, 0
        union all
        select i.inhparent, t.level + 1 from pg_catalog.pg_inherits i join tree t on t.oid = i.inhrelid
         where ?
      ), root as (select oid from tree order by level desc limit 1)
      """;

  private final Server source;
  private final Server target;
  private final int jobs;

  RowSearch(Server source, Server target, int jobs) {
    this.source = source;
    this.target = target;
    this.jobs = jobs;
  }

  /** What differs in words, beginning with a colon; both sides are read as they are now. */
  String find(StreamTable onSource, StreamTable onTarget, StepContext context)
      throws InterruptedException {
    List<String> key = key(onSource);
    Buckets sourceBuckets = new Buckets(key.size());
    Buckets targetBuckets = new Buckets(key.size());
    read(source, onSource.asText(key), sourceBuckets, context);
    read(target, onTarget.asText(key), targetBuckets, context);
    Buckets.Differing different = sourceBuckets.differing(targetBuckets);
    if (different.all() == 0) {
      return ": the source as it is now is equal to the target, so it was written to since";
    }
    KeyedRows sourceRows = new KeyedRows(key.size(), different.some());
    KeyedRows targetRows = new KeyedRows(key.size(), different.some());
    read(source, onSource.asText(key), sourceRows, context);
    read(target, onTarget.asText(key), targetRows, context);
    String more = different.some().size() < different.all() ? "; there are more" : "";
    return ": "
        + (key.isEmpty() ? inNumbers(sourceRows, targetRows) : inWords(key, sourceRows, targetRows))
        + more;
  }

  private static String inNumbers(KeyedRows source, KeyedRows target) {
    return "it has no key, so that its rows have no name; %s missing on the target, %s on the target only (a changed one is both)"
        .formatted(
            Counted.of(lacking(source, target), "row"), Counted.of(lacking(target, source), "row"));
  }

  /** How many rows of {@code side} the other one has not, or not as often. */
  private static long lacking(KeyedRows side, KeyedRows other) {
    return side.rows().entrySet().stream()
        .mapToLong(row -> Math.max(0, row.getValue() - other.rows().getOrDefault(row.getKey(), 0L)))
        .sum();
  }

  private static String inWords(List<String> key, KeyedRows source, KeyedRows target) {
    List<String> missing = new ArrayList<>();
    List<String> extra = new ArrayList<>();
    List<String> different = new ArrayList<>();
    for (Map.Entry<KeyedRows.Key, Long> row : source.rows().entrySet()) {
      Long other = target.rows().get(row.getKey());
      if (other == null) {
        missing.add(row.getKey().text());
      } else if (!other.equals(row.getValue())) {
        different.add(row.getKey().text());
      }
    }
    target.rows().keySet().stream()
        .filter(k -> !source.rows().containsKey(k))
        .forEach(k -> extra.add(k.text()));
    List<String> parts = new ArrayList<>();
    add(parts, missing, "missing on the target");
    add(parts, extra, "on the target only");
    add(parts, different, "different");
    return "by key (%s): %s".formatted(String.join(", ", key), String.join("; ", parts));
  }

  private static void add(List<String> parts, List<String> keys, String what) {
    if (!keys.isEmpty()) {
      String rest = keys.size() > SHOWN ? " and %d more".formatted(keys.size() - SHOWN) : "";
      parts.add(
          "%s: %s%s"
              .formatted(
                  what, String.join(" ", keys.subList(0, Math.min(SHOWN, keys.size()))), rest));
    }
  }

  private void read(Server server, StreamTable table, RowSink sink, StepContext context)
      throws InterruptedException {
    RowSink oneByOne =
        (bytes, offset, length) -> {
          synchronized (sink) {
            sink.row(bytes, offset, length);
          }
        };
    List<Unit> units = UnitCutter.ofWholeHeaps().cut(table, 1, 1);
    String doing = "looking for the rows of %s that differ".formatted(table.name());
    new UnitDigests(server, jobs)
        .read(
            Map.of(1, table),
            units,
            unit -> oneByOne,
            (unit, done, total) -> context.progress(doing, done, total, "byte"));
  }

  /** The columns of the source's key, the primary one if there is one, quoted. */
  private List<String> key(StreamTable table) {
    try (Session session = source.connect("verify")) {
      List<List<String>> keys =
          session.list(
              DOING,
              """
              %s
              select (select array_agg(quote_ident(a.attname) order by k.position)
                        from unnest(i.indkey::int2[]) with ordinality k(number, position)
                        join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                       where k.position <= i.indnkeyatts)
                from pg_catalog.pg_index i
               where i.indrelid = (select oid from root) and i.indisunique and i.indisvalid
                 and i.indpred is null and i.indexprs is null
                 and not exists (
                   select from unnest(i.indkey::int2[]) with ordinality k(number, position)
                     join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                    where k.position <= i.indnkeyatts and not a.attnotnull)
               order by i.indisprimary desc, i.indnkeyatts, i.indexrelid limit 1
              """
                  .formatted(ROOT),
              row -> List.of((String[]) row.getArray(1).getArray()),
              table.heaps().get(0).oid(),
              table.root());
      return keys.isEmpty() ? ofBatches(session, table) : keys.get(0);
    }
  }

  // A batch of compressed rows has no unique index; its segment and the range of its rows name it.
  private static List<String> ofBatches(Session session, StreamTable table) {
    return session
        .first(
            DOING,
            """
            %s
            select array_agg(quote_ident(a.attname) order by a.attnum)
                     filter (where not format_type(a.atttypid, null) like '%%compressed_data')
              from pg_catalog.pg_attribute a
             where a.attrelid = (select oid from root) and a.attnum > 0 and not a.attisdropped
            having bool_or(format_type(a.atttypid, null) like '%%compressed_data')
            """
                .formatted(ROOT),
            row -> List.of((String[]) row.getArray(1).getArray()),
            table.heaps().get(0).oid(),
            table.root())
        .orElse(List.of());
  }
}
