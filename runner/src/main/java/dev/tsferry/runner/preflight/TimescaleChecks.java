package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.JobTable;
import dev.tsferry.runner.timescaledb.RestoreMode;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a TimescaleDB database can be carried chunk by chunk: both sides must have the very same
 * version of the extension in the schema public, and what the source uses the target must have.
 *
 * @see <a href="https://docs.tigerdata.com/migrate/latest/pg-dump-and-restore/">Migrate with
 *     downtime</a>
 */
final class TimescaleChecks {
  private static final String DOING = "looking at TimescaleDB";

  private final Session source;
  private final Session target;
  private final Findings findings;

  TimescaleChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  /**
   * Checks all.
   *
   * @param first whether nothing was loaded yet
   */
  void check(Pipeline pipeline, boolean first) {
    Optional<TimescaleExtension> from = TimescaleExtension.of(source);
    if (from.isEmpty()) {
      findings.error(
          "timescaledb-missing",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "the plan says that the source is TimescaleDB, but it has no extension timescaledb",
          "make the plan anew for what the source is");
      return;
    }
    if (!pipeline.hypertables().isEmpty()) {
      findings.error(
          "timescaledb-hypertables",
          ErrorCode.SOURCE_UNSUITABLE,
          "plan",
          "the plan names hypertables, but those of a TimescaleDB source come as they are, and no others are made",
          "take pipeline.hypertables out of the plan, and convert further tables on the target afterwards");
    }
    TimescaleVersionChecks versions = new TimescaleVersionChecks(target, findings);
    versions.inPublic(from.get(), "source");
    Optional<TimescaleExtension> to = TimescaleExtension.of(target);
    to.ifPresent(extension -> versions.inPublic(extension, "target"));
    versions.version(from.get(), to, pipeline.moveTargetTimescaledb());
    edition(to.isEmpty() || to.get().fullEdition());
    source();
    jobOwners();
    new ChunkChecks(source, findings).privileges();
    readable();
    if (first && to.isPresent()) {
      empty();
    }
  }

  // The source's rows bring numbers of their own, which must be free.
  private void empty() {
    if (target.isTrue(
        DOING,
        "select exists (select from _timescaledb_catalog.hypertable)"
            + " or exists (select from %s where id >= %d)"
                .formatted(JobTable.of(target).quoted(), JobTable.FIRST_USER_JOB))) {
      findings.error(
          "target-not-empty",
          ErrorCode.TARGET_NOT_EMPTY,
          "target",
          "the target has hypertables or background jobs of its own",
          "give an empty service");
    }
  }

  private void edition(boolean full) {
    if (full) {
      return;
    }
    List<String> used = new ArrayList<>();
    uses(
        "compressed hypertables",
        "_timescaledb_catalog.hypertable h where to_jsonb(h) ->> 'compressed_hypertable_id' is not null",
        used);
    uses("continuous aggregates", "_timescaledb_catalog.continuous_agg", used);
    if (TimescaleExtension.of(source).orElseThrow().fullEdition()) {
      uses("background jobs", JobTable.of(source).quoted() + " where id >= 1000", used);
    }
    if (!used.isEmpty()) {
      findings.error(
          "timescaledb-edition",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the source uses %s, which the target's Apache edition of TimescaleDB doesn't have"
              .formatted(String.join(", ", used)),
          "give a target with the full edition");
    }
  }

  private void uses(String what, String from, List<String> used) {
    if (source.isTrue(DOING, "select exists (select from %s)".formatted(from))) {
      used.add(what);
    }
  }

  private void source() {
    if (RestoreMode.isOn(source)) {
      findings.error(
          "source-restoring",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "the source is in TimescaleDB's restore mode (timescaledb.restoring = on)",
          "run \"select public.timescaledb_post_restore()\" on the source");
    }
    partialAggregates();
    if (hasColumn("_timescaledb_catalog.hypertable", "replication_factor")
        && source.isTrue(
            DOING,
            "select exists (select from _timescaledb_catalog.hypertable where replication_factor <> 0)")) {
      findings.error(
          "distributed-hypertables",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "the source has distributed hypertables, which a service can't have",
          "copy them into ordinary hypertables first");
    }
    if (hasColumn("_timescaledb_catalog.chunk", "osm_chunk")
        && source.isTrue(
            DOING, "select exists (select from _timescaledb_catalog.chunk where osm_chunk)")) {
      findings.error(
          "tiered-chunks",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "the source has tiered chunks, whose rows no dump holds",
          "untier them first");
    }
    if (source.isTrue(DOING, "select exists (select from _timescaledb_catalog.tablespace)")) {
      findings.warning(
          "tablespace",
          "source",
          "hypertables of the source have tablespaces attached; the target has none, and all goes into its default one",
          "");
    }
  }

  // The column is gone since 2.25, when there were none any more.
  private void partialAggregates() {
    if (!hasColumn("timescaledb_information.continuous_aggregates", "finalized")) {
      return;
    }
    List<String> partial =
        source.list(
            DOING,
            "select format('%I.%I', view_schema, view_name)"
                + " from timescaledb_information.continuous_aggregates where not finalized order by 1",
            row -> row.getString(1));
    if (!partial.isEmpty()) {
      findings.error(
          "partial-continuous-aggregate",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "continuous aggregates of the form before 2.7 can't be carried: "
              + Findings.some(partial),
          "run \"call cagg_migrate('%s')\" on the source, for each of them"
              .formatted(partial.get(0)));
    }
  }

  private void jobOwners() {
    if (!hasColumn("timescaledb_information.jobs", "owner")) {
      return;
    }
    for (String job :
        source.list(
            DOING,
            "select format('%s (%s) of %s', job_id, proc_name, owner) from timescaledb_information.jobs"
                + " where job_id >= 1000 and owner::text <> current_user order by job_id limit 50",
            row -> row.getString(1))) {
      findings.warning(
          "job-owner",
          "job " + job,
          "a service lets nobody make a job of another user; on the target it belongs to the target's user",
          "see that the target's user may do what the job does");
    }
  }

  private boolean hasColumn(String relation, String column) {
    return source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_attribute
                        where attrelid = to_regclass(?) and attname = ? and not attisdropped)
        """,
        relation,
        column);
  }

  // pg_dump locks what it dumps, and TimescaleDB's own tables are among it.
  private void readable() {
    List<String> names =
        source.list(
            DOING,
            """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'm', 'S') and n.nspname ~ '^_timescaledb_'
               and not (pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                        and pg_catalog.has_table_privilege(c.oid, 'SELECT'))
             order by 1
            """,
            row -> row.getString(1));
    if (!names.isEmpty()) {
      findings.error(
          "missing-select",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "the source's user may not read TimescaleDB's own " + Findings.some(names),
          "as superuser: grant select on table %s to the user, and so for the others"
              .formatted(names.get(0)));
    }
  }
}
