package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.Merger;
import dev.tsferry.runner.postgres.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The partitions and heirs of the tables that the plan converts into hypertables as a whole. */
public final class Partitions {
  private static final String DOING = "looking for partitions in the source";

  /** Everything below a table, however deep, without the table itself. */
  public static final String TREE =
      """
      with recursive tree(oid) as (
        select i.inhrelid from pg_catalog.pg_inherits i where i.inhparent = ?::oid
        union
        select i.inhrelid from pg_catalog.pg_inherits i join tree t on i.inhparent = t.oid
      )
      """;

  private static final String MEMBERS =
      """
      with recursive tree(oid) as (
        select i.inhrelid from pg_catalog.pg_inherits i
         where i.inhparent = to_regclass(format('%I.%I', ?::text, ?::text))
        union
        select i.inhrelid from pg_catalog.pg_inherits i join tree t on i.inhparent = t.oid
      )
      select n.nspname, c.relname
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where c.oid in (select oid from tree)
          or c.oid in (select indexrelid from pg_catalog.pg_index
                        where indrelid in (select oid from tree))
      """;

  private Partitions() {}

  /** What is merged into what, with the indexes, which stay behind too. */
  public static Merger of(Session source, List<Hypertable> hypertables) {
    return below(
        source, hypertables.stream().filter(Hypertable::convert).map(Hypertable::table).toList());
  }

  /** The same of tables that are hypertables on the target. */
  public static Merger below(Session source, List<TableName> hypertables) {
    Map<TableName, String> roots = new HashMap<>();
    Map<TableName, TableName> members = new HashMap<>();
    for (TableName root : hypertables) {
      roots.put(
          root,
          source.text(
              DOING, "select format('%I.%I', ?::text, ?::text)", root.schema(), root.name()));
      source.list(
          DOING,
          MEMBERS,
          row -> members.put(new TableName(row.getString(1), row.getString(2)), root),
          root.schema(),
          root.name());
    }
    return new Merger(roots, members);
  }
}
