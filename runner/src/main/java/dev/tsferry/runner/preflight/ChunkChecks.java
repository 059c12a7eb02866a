package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;
import java.util.List;

/** What chunks of the source have of their own, and can't keep. */
final class ChunkChecks {
  // The chunks of a compressed hypertable are TimescaleDB's own affair.
  private static final String OTHER_PRIVILEGES =
      """
      with chunks as (
        select c.oid, h.oid as hypertable, format('%I.%I', k.schema_name, k.table_name) as name,
               coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))::text[] as own,
               coalesce(h.relacl, pg_catalog.acldefault('r', h.relowner))::text[] as its
          from _timescaledb_catalog.chunk k
          join _timescaledb_catalog.hypertable p on p.id = k.hypertable_id
          join pg_catalog.pg_class h on h.oid = to_regclass(format('%I.%I', p.schema_name, p.table_name))
          join pg_catalog.pg_class c on c.oid = to_regclass(format('%I.%I', k.schema_name, k.table_name))
         where not exists (select from _timescaledb_catalog.hypertable u
                            where to_jsonb(u) ->> 'compressed_hypertable_id' = p.id::text)
      ), lists as (
        select name, own, its from chunks
        union all
        select k.name, coalesce(a.attacl::text[], '{}'), coalesce(h.attacl::text[], '{}')
          from chunks k join pg_catalog.pg_attribute a on a.attrelid = k.oid and a.attnum > 0
          join pg_catalog.pg_attribute h on h.attrelid = k.hypertable and h.attname = a.attname
         where a.attacl is not null or h.attacl is not null
      )
      select distinct name from lists where not (own @> its and own <@ its) order by 1
      """;

  private final Session source;
  private final Findings findings;

  ChunkChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** Names the chunks whose privileges are not their hypertables'. */
  void privileges() {
    List<String> chunks =
        source.list(
            "looking at the privileges of chunks", OTHER_PRIVILEGES, row -> row.getString(1));
    if (!chunks.isEmpty()) {
      findings.warning(
          "chunk-privileges",
          "source",
          "these chunks have other privileges than their hypertables; on the target they have the hypertables': "
              + String.join(", ", chunks),
          "grant what is needed on the chunk, or on the hypertable, again");
    }
  }
}
