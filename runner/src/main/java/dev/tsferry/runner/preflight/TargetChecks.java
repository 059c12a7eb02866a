package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import java.util.List;
import java.util.Optional;

/** Whether the target can take a database, and has none yet. */
public final class TargetChecks {
  private static final String DOING = "looking at the target";

  private final Session target;
  private final Findings findings;

  public TargetChecks(Session target, Findings findings) {
    this.target = target;
    this.findings = findings;
  }

  /** Whether the target is writable, and the user may create in it. */
  public void writable() {
    if (target.isTrue(
        DOING,
        "select pg_catalog.pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool")) {
      findings.error(
          ErrorCode.TARGET_UNSUITABLE,
          "the target is read-only or a replica",
          "give the service's primary address");
    }
    if (!target.isTrue(
        DOING,
        "select pg_catalog.has_database_privilege(current_database(), 'CREATE')"
            + " and coalesce(pg_catalog.has_schema_privilege(to_regnamespace('public'), 'CREATE'), true)")) {
      findings.error(
          ErrorCode.TARGET_UNSUITABLE,
          "the target's user may not create schemas, or objects in the schema public",
          "log in as the service's owner");
    }
    if (target.isTrue(DOING, "select current_setting('timescaledb.restoring', true) = 'on'")) {
      findings.error(
          ErrorCode.TARGET_UNSUITABLE,
          "the target is in TimescaleDB's restore mode (timescaledb.restoring = on)",
          "run \"select public.timescaledb_post_restore()\" on the target");
    }
  }

  /** Whether nothing of a user's is there. */
  public void empty() {
    List<String> objects =
        target.list(
            DOING,
            """
            select kind || ' ' || name from (
              select 1 as place, 'schema' as kind, quote_ident(n.nspname) as name
                from pg_catalog.pg_namespace n
               where n.nspname <> 'public' and %1$s and %2$s
              union all
              select 2, case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
                          when 'S' then 'sequence' when 'f' then 'foreign table'
                          when 'c' then 'type' else 'table' end,
                     quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c') and %1$s and %3$s
              union all
              select 3, 'routine', p.oid::regprocedure::text
                from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
               where %1$s and %4$s
              union all
              select 4, 'type', quote_ident(n.nspname) || '.' || quote_ident(t.typname)
                from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
               where t.typtype in ('e', 'd', 'r') and %1$s and %5$s
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
          ErrorCode.TARGET_NOT_EMPTY,
          "the target is not empty: " + Findings.some(objects),
          "give an empty service, or remove what is there");
    }
  }

  /** Whether the source's extensions can be had. */
  public void extensions(List<SourceChecks.Extension> wanted) {
    for (SourceChecks.Extension extension : wanted) {
      if (Extensions.SOURCE_ONLY.contains(extension.name())) {
        findings.warning(
            "extension %s exists only on the source's platform and stays behind"
                .formatted(extension.name()));
        continue;
      }
      extension(extension);
    }
  }

  private void extension(SourceChecks.Extension extension) {
    Optional<Available> available =
        target.first(
            DOING,
            """
            select n.nspname, coalesce(v.superuser and not v.trusted, false)
                     and not (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
              from pg_catalog.pg_available_extensions a
              left join pg_catalog.pg_available_extension_versions v
                     on v.name = a.name and v.version = a.default_version
              left join pg_catalog.pg_extension e on e.extname = a.name
              left join pg_catalog.pg_namespace n on n.oid = e.extnamespace
             where a.name = ?
            """,
            row -> new Available(row.getString(1), row.getBoolean(2)),
            extension.name());
    if (available.isEmpty()) {
      findings.error(
          ErrorCode.TARGET_UNSUITABLE,
          "extension %s of the source is not available on the target".formatted(extension.name()),
          "drop extensions that are not needed from the source, or ask the target's support");
      return;
    }
    String schema = available.get().schema();
    if (schema == null && available.get().needsSuperuser()) {
      findings.warning(
          "extension %s usually needs a superuser; if the target's platform makes no exception, pre-data will fail"
              .formatted(extension.name()));
    } else if (schema != null
        && !schema.equals(extension.schema())
        && !extension.name().equals("timescaledb")) {
      findings.error(
          ErrorCode.TARGET_UNSUITABLE,
          "extension %s is in schema %s on the target and in %s on the source"
              .formatted(extension.name(), schema, extension.schema()),
          "drop the extension from the target, it is made anew where the source has it");
    }
  }

  /** Where an extension is installed, or null, and whether its author wants a superuser for it. */
  private record Available(String schema, boolean needsSuperuser) {}

  /** Whether the encodings go together. */
  public void encoding(String sourceEncoding) {
    String encoding = target.text(DOING, "select current_setting('server_encoding')");
    if (!encoding.equals(sourceEncoding)) {
      findings.warning(
          "the source's encoding is %s and the target's %s; text that can't be converted stops the load"
              .formatted(sourceEncoding, encoding));
    }
  }
}
