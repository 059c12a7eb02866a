package dev.tsferry.runner.load;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.ArrayList;
import java.util.List;

/**
 * What the dump leaves out by its own options, as statements of the source's catalogue: nothing
 * stays behind unsaid.
 */
public final class LeftOut {
  private static final String DOING = "listing what the dump leaves out";
  private static final int SHOWN_LENGTH = 500;

  private static final String PUBLICATIONS =
      """
      select format('CREATE PUBLICATION %I', p.pubname)
             || case when p.puballtables then ' FOR ALL TABLES' else coalesce(' FOR TABLE '
                  || (select string_agg(format('%I.%I', v.schemaname, v.tablename) || coalesce(' WHERE ' || (to_jsonb(v) ->> 'rowfilter'), ''), ', '
                                        order by v.schemaname, v.tablename)
                        from pg_catalog.pg_publication_tables v where v.pubname = p.pubname), '') end
             || format(' WITH (publish = %L)', concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
                  case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end))
        from pg_catalog.pg_publication p order by p.pubname
      """;
  private static final String SUBSCRIPTIONS =
      """
      select format('CREATE SUBSCRIPTION %I CONNECTION ... PUBLICATION %s', s.subname, array_to_string(s.subpublications, ', '))
        from pg_catalog.pg_subscription s
       where s.subdbid = (select oid from pg_catalog.pg_database where datname = current_database()) order by s.subname
      """;
  private static final String LABELS =
      """
      select format('SECURITY LABEL FOR %I ON %s %s IS %L', provider, upper(objtype), objname, label)
        from pg_catalog.pg_seclabels where objtype not in ('role', 'database', 'tablespace') order by 1
      """;
  private static final String TABLESPACES =
      """
      select format('ALTER %%s %%I.%%I SET TABLESPACE %%I',
               case c.relkind when 'm' then 'MATERIALIZED VIEW' when 'i' then 'INDEX' when 'I' then 'INDEX' else 'TABLE' end, n.nspname, c.relname, t.spcname)
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_tablespace t on t.oid = c.reltablespace
       where c.relkind in ('r', 'p', 'm', 'i', 'I') and %s order by 1
      """
          .formatted(UserObjects.SCHEMA);

  private LeftOut() {}

  /** Everything that is left out, each with the reason. */
  public static List<StatementChange> of(String step, Session source) {
    List<StatementChange> changes = new ArrayList<>();
    add(
        changes,
        step,
        source,
        PUBLICATIONS,
        "publications are left out; create them again where they are still needed");
    add(
        changes,
        step,
        source,
        SUBSCRIPTIONS,
        "a copy of a subscription would take changes away from the source");
    add(
        changes,
        step,
        source,
        LABELS,
        "security labels need their provider's library on the target");
    add(changes, step, source, TABLESPACES, "everything lies in the target's default tablespace");
    return changes;
  }

  private static void add(
      List<StatementChange> changes, String step, Session source, String sql, String reason) {
    for (String statement : source.list(DOING, sql, row -> row.getString(1))) {
      changes.add(
          new StatementChange(
              step,
              StatementChange.Kind.DROPPED,
              statement.length() <= SHOWN_LENGTH
                  ? statement
                  : statement.substring(0, SHOWN_LENGTH - 1) + "…",
              reason));
    }
  }
}
