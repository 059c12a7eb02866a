package dev.tsferry.runner.preflight;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.Partitions;
import java.util.List;

/**
 * Whether a partitioned table, or one with heirs, can be carried as one hypertable: what belongs to
 * a part of it alone would be lost with the part.
 */
final class PartitionChecks {
  private static final String DOING = "looking at the partitions of the plan's hypertables";

  private final Session source;
  private final Findings findings;

  PartitionChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** Checks everything below the table {@code name} of number {@code oid}. */
  void check(TableName name, long oid, boolean partitioned) {
    refuseAny(
        name,
        oid,
        "parts of it are foreign tables or unlogged: %s",
        """
        select c.oid::regclass::text from pg_catalog.pg_class c
         where c.oid in (select oid from tree) and (c.relkind = 'f' or c.relpersistence <> 'p')
        """);
    refuseAny(
        name,
        oid,
        "parts of it inherit from other tables too: %s",
        """
        select inhrelid::regclass::text from pg_catalog.pg_inherits
         where inhrelid in (select oid from tree) group by 1 having count(*) > 1
        """);
    refuseAny(
        name,
        oid,
        "parts of it have columns or generated values that it doesn't have: %s",
        """
        select a.attrelid::regclass::text || '.' || quote_ident(a.attname)
          from pg_catalog.pg_attribute a
         where a.attrelid in (select oid from tree) and a.attnum > 0 and not a.attisdropped
           and not exists (
             select from pg_catalog.pg_attribute r
              where r.attrelid = ?::oid and r.attname = a.attname and not r.attisdropped
                and to_jsonb(r) -> 'attgenerated' is not distinct from to_jsonb(a) -> 'attgenerated')
        """,
        oid);
    refuseAny(name, oid, "these belong to a part of it or depend on one: %s", DEPENDENTS);
    if (!partitioned) {
      uniqueAcrossHeirs(name, oid);
    }
  }

  // Columns, defaults, indexes, constraints and clones of the root's triggers are the part's own
  // affairs, and so are the server's own constraints for a foreign key to the root.
  private static final String DEPENDENTS =
      """
      , parts as (
        select oid, 'pg_class'::regclass as class from tree
        union all
        select indexrelid, 'pg_class'::regclass from pg_catalog.pg_index
         where indrelid in (select oid from tree)
        union all
        select reltype, 'pg_type'::regclass from pg_catalog.pg_class
         where oid in (select oid from tree)
        union all
        select typarray, 'pg_type'::regclass from pg_catalog.pg_type
         where typrelid in (select oid from tree)
        union all
        select k.oid, 'pg_constraint'::regclass from pg_catalog.pg_constraint k
         where k.conrelid in (select oid from tree)
        union all
        select d.oid, 'pg_attrdef'::regclass from pg_catalog.pg_attrdef d
         where d.adrelid in (select oid from tree)
        union all
        select t.oid, 'pg_trigger'::regclass from pg_catalog.pg_trigger t
         where t.tgrelid in (select oid from tree)
           and (t.tgisinternal or coalesce((to_jsonb(t) ->> 'tgparentid')::bigint, 0) <> 0)
      )
      select distinct pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
        from pg_catalog.pg_depend d join parts p on p.oid = d.refobjid and p.class = d.refclassid
       where not exists (select from parts o where o.oid = d.objid and o.class = d.classid)
         and not exists (select from pg_catalog.pg_constraint k
                          where d.classid = 'pg_constraint'::regclass and k.oid = d.objid
                            and k.conparentid <> 0)
         and not exists (select from pg_catalog.pg_class c
                          where d.classid = 'pg_class'::regclass and c.oid = d.objid and c.relkind = 't')
         and not exists (select from pg_catalog.pg_trigger t
                          where d.classid = 'pg_trigger'::regclass and t.oid = d.objid and t.tgisinternal)
       order by 1
      """;

  private void refuseAny(TableName name, long oid, String why, String query, Object... parameters) {
    Object[] all = new Object[parameters.length + 1];
    all[0] = oid;
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    List<String> found = source.list(DOING, Partitions.TREE + query, row -> row.getString(1), all);
    if (!found.isEmpty()) {
      HypertableChecks.refuse(findings, name, why.formatted(Findings.some(found)));
    }
  }

  // A key of the parent holds for its own rows only, and then for the rows of all.
  private void uniqueAcrossHeirs(TableName name, long oid) {
    List<String> queries =
        source.list(
            DOING,
            """
            select format('select exists (select from %s group by %s having count(*) > 1)',
                          i.indrelid::regclass,
                          (select string_agg(quote_ident(a.attname), ', ')
                             from pg_catalog.pg_attribute a
                            where a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])))
              from pg_catalog.pg_index i
             where i.indrelid = ?::oid and i.indisunique and i.indexprs is null and i.indpred is null
               and i.indnkeyatts = i.indnatts
            """,
            row -> row.getString(1),
            oid);
    for (String query : queries) {
      if (source.isTrue(DOING, query)) {
        HypertableChecks.refuse(
            findings, name, "its rows and those of its heirs together break one of its keys");
      }
    }
  }
}
