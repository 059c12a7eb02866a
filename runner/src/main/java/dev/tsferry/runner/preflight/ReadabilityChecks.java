package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import java.util.List;

/**
 * Whether the source's user can read every row of it, as pg_dump must; if not, with the statements
 * that let it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/app-pgdump.html">pg_dump</a>
 */
final class ReadabilityChecks {
  private static final String DOING = "looking at the user's rights on the source";
  private static final int LISTED = 50;

  private final Session source;
  private final Findings findings;

  ReadabilityChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  private record Missing(String schema, String grantee, List<String> objects) {}

  void schemas() {
    List<String> schemas =
        source.list(
            DOING,
            """
            select quote_ident(n.nspname)
              from pg_catalog.pg_namespace n
             where %s and not pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               and exists (select from pg_catalog.pg_class c where c.relnamespace = n.oid)
             order by 1
            """
                .formatted(UserObjects.SCHEMA),
            row -> row.getString(1));
    if (!schemas.isEmpty()) {
      findings.error(
          "missing-usage",
          ErrorCode.SOURCE_UNSUITABLE,
          "schemas " + Findings.some(schemas),
          "the source's user may not use the schemas " + Findings.some(schemas),
          "GRANT USAGE ON SCHEMA %s TO %s;".formatted(String.join(", ", schemas), user()));
    }
  }

  void tables() {
    relations("'r', 'p', 'm'", "TABLE", "missing-select");
  }

  void sequences() {
    relations("'S'", "SEQUENCE", "missing-select-sequence");
  }

  private void relations(String kinds, String word, String code) {
    List<Missing> missing =
        source.list(
            DOING,
            """
            select quote_ident(n.nspname), quote_ident(current_user),
                   array_agg(format('%%I.%%I', n.nspname, c.relname) order by c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind in (%s) and c.relpersistence <> 't' and %s and %s
               and not pg_catalog.has_table_privilege(c.oid, 'SELECT')
             group by n.nspname order by 1
            """
                .formatted(
                    kinds, UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid")),
            row ->
                new Missing(
                    row.getString(1),
                    row.getString(2),
                    List.of((String[]) row.getArray(3).getArray())));
    for (Missing schema : missing) {
      String what =
          schema.objects().size() > LISTED
              ? "ALL %sS IN SCHEMA %s".formatted(word, schema.schema())
              : "%s %s".formatted(word, String.join(", ", schema.objects()));
      findings.error(
          code,
          ErrorCode.SOURCE_UNSUITABLE,
          Findings.some(schema.objects()),
          "the source's user may not read " + Findings.some(schema.objects()),
          "GRANT SELECT ON %s TO %s;".formatted(what, schema.grantee()));
    }
  }

  void rowSecurity() {
    source.list(
        DOING,
        """
        select format('%%I.%%I', n.nspname, c.relname), quote_ident(current_user),
               quote_ident(pg_catalog.pg_get_userbyid(c.relowner)),
               pg_catalog.pg_has_role(c.relowner, 'USAGE')
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and c.relrowsecurity and %s
           and pg_catalog.row_security_active(c.oid)
         order by 1 limit 200
        """
            .formatted(UserObjects.SCHEMA),
        row -> {
          String table = row.getString(1);
          if (row.getBoolean(4)) {
            findings.error(
                "force-row-security",
                ErrorCode.SOURCE_UNSUITABLE,
                table,
                "FORCE ROW LEVEL SECURITY hides rows from its owner too, and pg_dump refuses such a table",
                "ALTER TABLE %1$s NO FORCE ROW LEVEL SECURITY; and after the migration, on both sides, ALTER TABLE %1$s FORCE ROW LEVEL SECURITY;"
                    .formatted(table));
          } else {
            findings.error(
                "row-security",
                ErrorCode.SOURCE_UNSUITABLE,
                table,
                "row-level security hides rows from the source's user in %s, and pg_dump refuses such a table"
                    .formatted(table),
                "GRANT %s TO %s; or, as a superuser, ALTER ROLE %s BYPASSRLS;"
                    .formatted(row.getString(3), row.getString(2), row.getString(2)));
          }
          return table;
        });
  }

  // The right to read all data leaves large objects out.
  void largeObjects() {
    List<String> unreadable =
        source.list(
            DOING,
            """
            select m.oid::text from pg_catalog.pg_largeobject_metadata m
             where not pg_catalog.pg_has_role(m.lomowner, 'USAGE')
               and not exists (select from pg_catalog.aclexplode(m.lomacl) a
                                where a.privilege_type = 'SELECT'
                                  and (a.grantee = 0 or pg_catalog.pg_has_role(a.grantee, 'USAGE')))
               and not current_setting('lo_compat_privileges')::bool
               and not (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
             order by m.oid limit 1000
            """,
            row -> row.getString(1));
    if (!unreadable.isEmpty()) {
      findings.error(
          "missing-select-large-object",
          ErrorCode.SOURCE_UNSUITABLE,
          "large objects " + Findings.some(unreadable),
          "the source's user may not read them; no membership but that of their owners helps",
          "as their owners: GRANT SELECT ON LARGE OBJECT %s TO %s;"
              .formatted(String.join(", ", unreadable), user()));
    }
  }

  private String user() {
    return source.text(DOING, "select quote_ident(current_user)");
  }
}
