package dev.tsferry.runner.load;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DataDump.TableRows;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SkippedExtensions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private static final String NOT_WRITABLE =
      "the table belongs to an extension, and the target's user may not write to it: have the platform's support insert the rows";
  private static final String STAYS_BEHIND = "the table belongs to an extension that stays behind";

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

  private static final String SKIPPED =
      """
      select n.nspname, c.relname
        from pg_catalog.pg_extension e, unnest(e.extconfig) x
        join pg_catalog.pg_class c on c.oid = x
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where e.extname = any (?)
      """;

  private final Map<TableName, String> reasons;

  private ExtensionTables(Map<TableName, String> reasons) {
    this.reasons = reasons;
  }

  /**
   * Those of {@code target}, for its user, and those of the source's extensions that stay behind.
   *
   * @param skipped extensions that stay behind
   */
  public static ExtensionTables of(Session source, Session target, SkippedExtensions skipped) {
    Map<TableName, String> reasons = new HashMap<>();
    target.list(
        "looking which tables of extensions the target's user may not write to",
        OUT_OF_REACH,
        row -> reasons.put(name(row), NOT_WRITABLE));
    source.list(
        "looking for tables of extensions that stay behind",
        SKIPPED,
        row -> reasons.put(name(row), STAYS_BEHIND),
        (Object) skipped.reasons().keySet().toArray(new String[0]));
    return new ExtensionTables(reasons);
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(row.getString(1), row.getString(2));
  }

  public boolean isOutOfReach(TableName table) {
    return reasons.containsKey(table);
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
                "COPY %s: %s".formatted(table.table(), Counted.of(table.rows(), "row")),
                reasons.get(table.table())));
      }
    }
    return changes;
  }
}
