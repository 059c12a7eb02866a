package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.util.List;

/** Whether the source is of a kind that can be carried at all. */
public final class SourceChecks {
  private static final String DOING = "looking at the source";

  private final Session source;
  private final Findings findings;

  public SourceChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** An extension, its version and the schema that it is in. */
  public record Extension(String name, String version, String schema) {}

  /** The source's extensions but PL/pgSQL, which every database has. */
  public List<Extension> extensions() {
    return source.list(
        DOING,
        "select e.extname, e.extversion, n.nspname from pg_catalog.pg_extension e"
            + " join pg_catalog.pg_namespace n on n.oid = e.extnamespace"
            + " where e.extname <> 'plpgsql' order by 1",
        row -> new Extension(row.getString(1), row.getString(2), row.getString(3)));
  }

  /** Whether the source is what can be carried. */
  public void kind() {
    if (source.isTrue(DOING, "select pg_catalog.to_regnamespace(?) is not null", Ledger.SCHEMA)) {
      findings.error(
          "schema-name-taken",
          ErrorCode.SOURCE_UNSUITABLE,
          "schema " + Ledger.SCHEMA,
          "the source has a schema named %s, which a migration uses for its own state on the target"
              .formatted(Ledger.SCHEMA),
          "rename the schema, or drop it if it is left over from a migration");
    }
    if (source.isTrue(DOING, "select pg_catalog.pg_is_in_recovery()")) {
      findings.warning(
          "source-is-replica",
          "source",
          "it is a replica: no table of it can be locked, and writes to its primary go on arriving",
          "give the primary's address");
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
}
