package dev.tsferry.runner.stream.proof;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds the rows of the target's tables: themselves, their partitions, their chunks. */
final class TargetHeaps {
  private static final String DOING = "listing what the target's tables are made of";

  private TargetHeaps() {}

  /** Each table as one whose heaps are the target's. */
  static List<StreamTable> of(Session target, List<StreamTable> tables) {
    boolean byPosition =
        target.isTrue(DOING, "select current_setting('server_version_num')::int >= 140000");
    Map<String, List<SourceHeap>> heaps = new HashMap<>();
    // Chunks inherit from their hypertable as partitions do from their root.
    target.list(
        DOING,
        """
        with recursive tree(root, oid) as (
          select c.oid, c.oid from unnest(?::text[], ?::text[]) wanted(schema, name)
            join pg_catalog.pg_namespace n on n.nspname = wanted.schema
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
           where c.relkind in ('r', 'p')
          union all
          select t.root, i.inhrelid from pg_catalog.pg_inherits i join tree t on i.inhparent = t.oid
        )
        select '', c.oid, n.nspname, c.relname, format('%I.%I', n.nspname, c.relname),
               pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::bigint,
               pg_catalog.pg_table_size(c.oid),
               c.relam = (select oid from pg_catalog.pg_am where amname = 'heap'),
               format('%I.%I', rn.nspname, r.relname),
               c.relrowsecurity and c.relforcerowsecurity
               and not (select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user)
          from tree t join pg_catalog.pg_class c on c.oid = t.oid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_class r on r.oid = t.root
          join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
         where c.relkind = 'r'
        """,
        row ->
            heaps
                .computeIfAbsent(row.getString(9), name -> new ArrayList<>())
                .add(
                    new SourceHeap(
                        row.getLong(2),
                        new TableName(row.getString(3), row.getString(4)),
                        row.getString(5),
                        0,
                        row.getLong(6),
                        row.getLong(7),
                        // Whoever lifts its row security keeps all others out of it.
                        byPosition && row.getBoolean(8) && !row.getBoolean(10)
                            ? Scan.PAGES
                            : Scan.WHOLE,
                        false,
                        row.getBoolean(10),
                        "")),
        tables.stream().map(table -> table.name().schema()).toArray(String[]::new),
        tables.stream().map(table -> table.name().name()).toArray(String[]::new));
    return tables.stream().map(table -> onTarget(table, heaps)).toList();
  }

  private static StreamTable onTarget(StreamTable table, Map<String, List<SourceHeap>> heaps) {
    // What inherits from a table that is no root has rows of its own, and is a table of its own.
    String filter = table.heaps().stream().map(SourceHeap::filter).findFirst().orElse("");
    List<SourceHeap> own =
        heaps.getOrDefault(table.quoted(), List.of()).stream()
            .filter(heap -> table.root() || heap.quoted().equals(table.quoted()))
            .map(heap -> heap.withFilter(filter))
            .toList();
    return table.withHeaps(own);
  }
}
