package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;

/**
 * Rows that users added to tables of extensions, such as PostGIS's {@code spatial_ref_sys}: pg_dump
 * dumps them, and a service's user may write to such a table only where it made the extension.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-CONFIG-TABLES">Extension
 *     configuration tables</a>
 */
final class ExtensionRowChecks {
  private static final String DOING = "looking for rows in tables of extensions";

  private static final String TABLES =
      """
      select e.extname, n.nspname, c.relname, format('%I.%I', n.nspname, c.relname),
             format('select count(*) from %I.%I %s', n.nspname, c.relname, k.condition)
        from pg_catalog.pg_extension e
       cross join lateral unnest(e.extconfig, e.extcondition) k(oid, condition)
        join pg_catalog.pg_class c on c.oid = k.oid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and e.extname <> 'timescaledb'
       order by 4
      """;

  // The script of a trusted extension is run by a superuser, whose the table then is.
  private static final String OUT_OF_REACH =
      """
      select not coalesce(
               pg_catalog.has_table_privilege(to_regclass(format('%I.%I', ?::text, ?::text)), 'INSERT'),
               (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
                 or not exists (select from pg_catalog.pg_available_extension_versions v
                                 where v.name = ? and v.superuser and pg_catalog.to_jsonb(v) ->> 'trusted' = 'true'))
      """;

  private final Session source;
  private final Session target;
  private final SkippedExtensions skipped;
  private final Findings findings;

  ExtensionRowChecks(Session source, Session target, SkippedExtensions skipped, Findings findings) {
    this.source = source;
    this.target = target;
    this.skipped = skipped;
    this.findings = findings;
  }

  private record Table(String extension, String schema, String name, String quoted, String count) {}

  void check() {
    for (Table table :
        source.list(
            DOING,
            TABLES,
            row ->
                new Table(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)))) {
      long rows = source.number(DOING, table.count());
      if (rows > 0) {
        tell(table, rows);
      }
    }
  }

  private void tell(Table table, long rows) {
    boolean staysBehind = skipped.reason(table.extension()).isPresent();
    if (staysBehind
        || target.isTrue(DOING, OUT_OF_REACH, table.schema(), table.name(), table.extension())) {
      findings.warning(
          "extension-rows",
          "table " + table.quoted(),
          "rows that were added to this table of extension %s stay behind (%,d), since %s"
              .formatted(
                  table.extension(),
                  rows,
                  staysBehind ? "the extension does" : "the target's user may not write to it"),
          "have the target's support insert them, where they are needed");
    }
  }
}
