package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.util.List;

/** Whether the source's user can read all of it, and what of it won't come along. */
public final class SourceChecks {
  private static final String DOING = "looking at the source";
  private static final long GB = 1_000_000_000L;
  private static final long WARN_BYTES = 100 * GB;
  private static final long ACKNOWLEDGE_BYTES = 400 * GB;

  private final Session source;
  private final Findings findings;

  public SourceChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** An extension and the schema that it is in. */
  public record Extension(String name, String schema) {}

  /** The source's extensions but PL/pgSQL, which every database has. */
  public List<Extension> extensions() {
    return source.list(
        DOING,
        "select e.extname, n.nspname from pg_catalog.pg_extension e"
            + " join pg_catalog.pg_namespace n on n.oid = e.extnamespace"
            + " where e.extname <> 'plpgsql' order by 1",
        row -> new Extension(row.getString(1), row.getString(2)));
  }

  /** Whether the source is what can be carried. */
  public void kind() {
    if (source.isTrue(DOING, "select pg_catalog.to_regnamespace(?) is not null", Ledger.SCHEMA)) {
      findings.error(
          ErrorCode.SOURCE_UNSUITABLE,
          "the source has a schema named %s, which a migration uses for its own state on the target"
              .formatted(Ledger.SCHEMA),
          "rename the schema, or drop it if it is left over from a migration");
    }
  }

  /** Whether the database is of a size for this way. */
  public void size(boolean acknowledged) {
    long bytes = source.number(DOING, "select pg_catalog.pg_database_size(current_database())");
    if (bytes > ACKNOWLEDGE_BYTES && !acknowledged) {
      findings.error(
          ErrorCode.SOURCE_UNSUITABLE,
          "the source has %s; more than 400 GB need disk that the target's support arranges first"
              .formatted(ByteSizes.text(bytes)),
          "ask the target's support, then set pipeline.acknowledgeSize to true in the plan");
    } else if (bytes > WARN_BYTES) {
      findings.warning(
          "the source has %s; above 100 GB a migration with downtime takes many hours"
              .formatted(ByteSizes.text(bytes)));
    }
  }

  /** Bytes of all tables without indexes: about what their dump takes. */
  public long tableBytes() {
    return source.number(
        DOING,
        """
        select coalesce(sum(pg_catalog.pg_table_size(c.oid)), 0)::bigint
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and (%s or n.nspname = '_timescaledb_internal')
        """
            .formatted(UserObjects.SCHEMA));
  }

  public String encoding() {
    return source.text(DOING, "select current_setting('server_encoding')");
  }

  /** Whether the user may read every row of every table, as pg_dump must. */
  public void readable() {
    named(
        """
        select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'm', 'S') and %s and %s
           and not (pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                    and pg_catalog.has_table_privilege(c.oid, 'SELECT'))
         order by 1
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid")),
        "the source's user may not read %s",
        "grant it SELECT on them and USAGE on their schemas, or membership in their owners");
    named(
        """
        select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and c.relrowsecurity and %s
           and pg_catalog.row_security_active(c.oid)
         order by 1
        """
            .formatted(UserObjects.SCHEMA),
        "row-level security hides rows from the source's user in %s",
        "make it the tables' owner or a member of it, and take FORCE ROW LEVEL SECURITY off");
    named(
        """
        select 'large object ' || m.oid from pg_catalog.pg_largeobject_metadata m
         where not pg_catalog.pg_has_role(m.lomowner, 'USAGE')
           and not exists (select from pg_catalog.aclexplode(m.lomacl) a
                            where a.privilege_type = 'SELECT'
                              and (a.grantee = 0 or pg_catalog.pg_has_role(a.grantee, 'USAGE')))
           and not current_setting('lo_compat_privileges')::bool
           and not (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
         order by m.oid limit 200
        """,
        "the source's user may not read %s",
        "make it a member of their owners");
  }

  /** What moves while it is dumped. */
  public void writers() {
    long sessions =
        source.number(
            DOING,
            "select count(*) from pg_catalog.pg_stat_activity"
                + " where datname = current_database() and pid <> pg_catalog.pg_backend_pid()"
                + " and application_name not like 'tsferry-%' and backend_type = 'client backend'");
    long writing =
        source.number(
            DOING,
            "select count(distinct pid) from pg_catalog.pg_locks"
                + " where database = (select oid from pg_catalog.pg_database where datname = current_database())"
                + " and mode in ('RowExclusiveLock', 'ShareUpdateExclusiveLock', 'AccessExclusiveLock')"
                + " and relation >= 16384 and granted");
    if (sessions > 0 || writing > 0) {
      findings.warning(
          "%d other sessions are connected to the source, %d of them are writing; rows written from now on may not be carried"
              .formatted(sessions, writing));
    }
    long prepared =
        source.number(
            DOING,
            "select count(*) from pg_catalog.pg_prepared_xacts where database = current_database()");
    if (prepared > 0) {
      findings.warning(
          "%d prepared transactions on the source are not committed; what they wrote is not carried"
              .formatted(prepared));
    }
  }

  /** What the dump leaves out. */
  public void leftBehind() {
    left("pg_publication", "publications");
    left(
        "pg_event_trigger t where " + UserObjects.notOfExtension("pg_event_trigger", "t.oid"),
        "event triggers");
    long tablespaces =
        source.number(
            DOING,
            "select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where c.reltablespace <> 0 and "
                + UserObjects.SCHEMA);
    if (tablespaces > 0) {
      findings.warning(
          "%d tables and indexes lie in tablespaces of their own; on the target they lie in the default one"
              .formatted(tablespaces));
    }
  }

  private void left(String catalog, String what) {
    long count = source.number(DOING, "select count(*) from pg_catalog." + catalog);
    if (count > 0) {
      findings.warning("%d %s of the source stay behind".formatted(count, what));
    }
  }

  private void named(String sql, String text, String hint) {
    List<String> names = source.list(DOING, sql, row -> row.getString(1));
    if (!names.isEmpty()) {
      findings.error(ErrorCode.SOURCE_UNSUITABLE, text.formatted(Findings.some(names)), hint);
    }
  }
}
