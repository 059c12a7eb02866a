package dev.tsferry.runner.preflight;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import java.util.List;
import java.util.Set;

/** Whether a table has anything that TimescaleDB refuses on a hypertable. */
final class TableFeatureChecks {
  private static final String DOING = "looking at the plan's hypertables in the source";

  private final Session source;
  private final Findings findings;

  TableFeatureChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  void foreignKeys(
      TableName name, PlannedTable table, Set<TableName> planned, boolean keysToHypertables) {
    List<TableName> referencing =
        source.list(
            DOING,
            """
            select n.nspname, c.relname
              from pg_catalog.pg_constraint k
              join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where k.contype = 'f' and k.confrelid = ?::oid and k.conparentid = 0
            """,
            row -> new TableName(row.getString(1), row.getString(2)),
            table.oid());
    for (TableName from : referencing) {
      if (planned.contains(from)) {
        refuse(
            name, "the foreign key of %s to it would be one between hypertables".formatted(from));
      } else if (!keysToHypertables) {
        refuse(
            name,
            "%s has a foreign key to it, which TimescaleDB allows from 2.16 only".formatted(from));
      }
    }
  }

  void rest(TableName name, PlannedTable table, boolean transitions) {
    if (source.isTrue(
        DOING,
        "select exists (select from pg_catalog.pg_rewrite where ev_class = ?::oid)",
        table.oid())) {
      refuse(name, "it has rules");
    }
    // The lowest bit of tgtype: a row trigger.
    if (source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_trigger
                        where tgrelid = ?::oid and (tgoldtable is not null or tgnewtable is not null)
                          and (tgtype & 1 = 1 or not ?))
        """,
        table.oid(),
        transitions)) {
      refuse(name, "it has a trigger with transition tables");
    }
    if (source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_constraint
                        where conrelid = ?::oid and contype = 'c' and connoinherit)
        """,
        table.oid())) {
      refuse(name, "it has a check constraint with NO INHERIT");
    }
    if (source.isTrue(
        DOING,
        "select relrowsecurity or relreplident not in ('d', 'n') or reloftype <> 0"
            + " from pg_catalog.pg_class where oid = ?::oid",
        table.oid())) {
      refuse(name, "it has row-level security, a replica identity or a type of its own");
    }
  }

  private void refuse(TableName table, String why) {
    HypertableChecks.refuse(findings, table, why);
  }
}
