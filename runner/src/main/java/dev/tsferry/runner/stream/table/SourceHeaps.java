package dev.tsferry.runner.stream.table;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.table.SourceHeap.Scan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The source's tables whose rows pg_dump would dump: the user's own, and those of extensions that
 * say that users write to them.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-CONFIG-TABLES">Extension
 *     configuration tables</a>
 */
final class SourceHeaps {
  private static final String DOING = "listing the source's tables";
  static final String CONFIG =
      "left join (select unnest(extconfig) as relation, unnest(extcondition) as condition"
          + " from pg_catalog.pg_extension) config on config.relation = c.oid";
  static final String CARRIED =
      "c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"
          + " and (config.relation is not null or not exists (select from pg_catalog.pg_depend x"
          + " where x.deptype = 'e' and x.classid = 'pg_catalog.pg_class'::regclass"
          + " and x.objid = c.oid))";

  private final Session session;

  SourceHeaps(Session session) {
    this.session = session;
  }

  List<SourceHeap> all() {
    return session.list(
        DOING,
        """
        select c.oid, n.nspname, c.relname, format('%%I.%%I', n.nspname, c.relname),
               coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
               pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::bigint,
               pg_catalog.pg_table_size(c.oid), %s, config.relation is not null,
               coalesce(config.condition, '')
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          %s
         where c.relkind = 'r' and %s
         order by c.oid
        """
            .formatted(plainHeap(), CONFIG, CARRIED),
        row ->
            new SourceHeap(
                row.getLong(1),
                new TableName(row.getString(2), row.getString(3)),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getBoolean(8) ? Scan.PAGES : Scan.WHOLE,
                row.getBoolean(9),
                false,
                row.getString(10)));
  }

  // A scan by row positions alone, not of the whole table, is there since 14.
  private String plainHeap() {
    boolean byPosition =
        session.isTrue(DOING, "select current_setting('server_version_num')::int >= 140000");
    return byPosition
        ? "c.relam = (select oid from pg_catalog.pg_am where amname = 'heap')"
        : "false";
  }

  /**
   * Leaves whose rows must go through their root, since a hash of an enum's value, which is an
   * object id, differs on the other side, and so may one of what enums are in; with the root.
   */
  Map<TableName, TableName> routed() {
    Map<TableName, TableName> roots = new HashMap<>();
    session.list(
        DOING,
        """
        with recursive tree(root, oid) as (
          select c.oid, c.oid from pg_catalog.pg_class c
           where c.relkind = 'p' and not c.relispartition
          union all
          select t.root, i.inhrelid from pg_catalog.pg_inherits i join tree t on i.inhparent = t.oid
        )
        select n.nspname, c.relname, rn.nspname, r.relname
          from tree t join pg_catalog.pg_class c on c.oid = t.oid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          join pg_catalog.pg_class r on r.oid = t.root
          join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
         where c.relkind = 'r' and t.root in (
           select ht.root from tree ht
             join pg_catalog.pg_partitioned_table p on p.partrelid = ht.oid and p.partstrat = 'h'
             join pg_catalog.pg_opclass o on o.oid = any (p.partclass)
              and o.opcname in ('enum_ops', 'array_ops', 'record_ops', 'range_ops', 'multirange_ops'))
        """,
        row ->
            roots.put(
                new TableName(row.getString(1), row.getString(2)),
                new TableName(row.getString(3), row.getString(4))));
    return roots;
  }
}
