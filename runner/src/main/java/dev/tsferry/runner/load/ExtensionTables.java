package dev.tsferry.runner.load;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DataDump.TableRows;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The target's tables that belong to extensions and may not be written to, such as PostGIS's {@code
 * spatial_ref_sys}, which the platform made. pg_dump dumps what a user added to them, and no line
 * of it, not even of no rows, may be sent to them. TimescaleDB's own tables are not among them:
 * what can't be written to these must fail.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-CONFIG-TABLES">Extension
 *     configuration tables</a>
 */
public final class ExtensionTables {
  private static final String OUT_OF_REACH =
      """
      select n.nspname, c.relname
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
             and d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e'
        join pg_catalog.pg_extension e on e.oid = d.refobjid
       where c.relkind in ('r', 'p') and e.extname <> 'timescaledb'
         and not pg_catalog.has_table_privilege(c.oid, 'INSERT')
      """;

  private final Set<TableName> outOfReach;

  private ExtensionTables(Set<TableName> outOfReach) {
    this.outOfReach = outOfReach;
  }

  /** Those of {@code target}, for its user. */
  public static ExtensionTables of(Session target) {
    return new ExtensionTables(
        new HashSet<>(
            target.list(
                "looking which tables of extensions the target's user may not write to",
                OUT_OF_REACH,
                row -> new TableName(row.getString(1), row.getString(2)))));
  }

  public boolean isOutOfReach(TableName table) {
    return outOfReach.contains(table);
  }

  /** The rows that stay behind, for the report. */
  public List<StatementChange> leftOut(String step, List<TableRows> dumped) {
    List<StatementChange> changes = new ArrayList<>();
    for (TableRows table : dumped) {
      if (table.rows() > 0 && isOutOfReach(table.table())) {
        changes.add(
            new StatementChange(
                step,
                StatementChange.Kind.REFUSED,
                "COPY %s: %,d rows".formatted(table.table(), table.rows()),
                "the table belongs to an extension, and the target's user may not write to it: have the platform's support insert the rows"));
      }
    }
    return changes;
  }
}
