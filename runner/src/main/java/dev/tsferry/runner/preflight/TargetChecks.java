package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.RestoreMode;
import java.util.List;

/** Whether the target can take a database, and has none yet. */
final class TargetChecks {
  private static final String DOING = "looking at the target";

  private final Session target;
  private final Findings findings;

  TargetChecks(Session target, Findings findings) {
    this.target = target;
    this.findings = findings;
  }

  /** Whether the target is writable, and the user may create in it. */
  void writable() {
    // The session's own default is read-only for as long as it only looks.
    if (target.isTrue(
        DOING,
        "select pg_catalog.pg_is_in_recovery() or (select reset_val::bool from pg_catalog.pg_settings"
            + " where name = 'default_transaction_read_only')")) {
      findings.error(
          "target-read-only",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the target is read-only or a replica",
          "give the service's primary address");
    }
    if (!target.isTrue(
        DOING,
        "select pg_catalog.has_database_privilege(current_database(), 'CREATE')"
            + " and coalesce(pg_catalog.has_schema_privilege(to_regnamespace('public'), 'CREATE'), true)")) {
      findings.error(
          "target-rights",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the target's user may not create schemas, or objects in the schema public",
          "log in as the service's owner");
    }
  }

  void restoring() {
    if (RestoreMode.isOn(target)) {
      findings.error(
          "target-restoring",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the target is in TimescaleDB's restore mode (timescaledb.restoring = on)",
          "run \"select public.timescaledb_post_restore()\" on the target");
    }
  }

  /** Where the target sees this machine, and what of it can be said in advance. */
  void reached() {
    String address = target.text(DOING, "select pg_catalog.host(pg_catalog.inet_client_addr())");
    findings.info(
        "target-reached",
        "target",
        "it can be reached, and sees this machine as "
            + (address == null ? "itself (no network between)" : address),
        "if the service has an IP allow list, this address must stay on it");
    findings.info(
        "target-advice",
        "target",
        "a service of at least 8 CPUs loads and builds indexes faster; its maintenance window would end all connections",
        "move the maintenance window out of the migration's, in the service's console");
  }

  /**
   * Whether nothing of a user's is there. A schema in which the platform made an extension is the
   * extension's, as long as nothing else is in it.
   */
  void empty() {
    List<String> objects =
        target.list(
            DOING,
            """
            select kind || ' ' || name from (
              select 1 as place, 'schema' as kind, quote_ident(n.nspname) as name
                from pg_catalog.pg_namespace n
               where n.nspname <> 'public' and %1$s and %2$s
                 and n.oid not in (select extnamespace from pg_catalog.pg_extension)
              union all
              select 2, case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
                          when 'S' then 'sequence' when 'f' then 'foreign table'
                          else 'table' end,
                     quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and %1$s and %3$s
              union all
              select 3, 'routine', p.oid::regprocedure::text
                from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
               where %1$s and %4$s
              union all
              select 4, 'type', quote_ident(n.nspname) || '.' || quote_ident(t.typname)
                from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
                left join pg_catalog.pg_class r on r.oid = t.typrelid
               where (t.typtype in ('e', 'd', 'r') or r.relkind = 'c') and %1$s and %5$s
              union all
              select 5, 'large object', l.oid::text from pg_catalog.pg_largeobject_metadata l
            ) o order by place, name limit 200
            """
                .formatted(
                    UserObjects.SCHEMA,
                    UserObjects.notOfExtension("pg_namespace", "n.oid"),
                    UserObjects.notOfExtension("pg_class", "c.oid"),
                    UserObjects.notOfExtension("pg_proc", "p.oid"),
                    UserObjects.notOfExtension("pg_type", "t.oid")),
            row -> row.getString(1));
    if (!objects.isEmpty()) {
      findings.error(
          "target-not-empty",
          ErrorCode.TARGET_NOT_EMPTY,
          "target",
          "the target is not empty: " + Findings.some(objects),
          "give an empty service, or remove what is there");
    }
  }
}
