package dev.tsferry.runner.step;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.check.RunPreview.Where;
import dev.tsferry.runner.postgres.Session;
import java.util.List;

/** The statements that make hypertables, as text: quoted by the source, which has the tables. */
final class HypertablePreview {
  private static final String DOING = "saying what a run would do";

  private final Session source;
  private final PipelinePreview preview;

  HypertablePreview(Session source, PipelinePreview preview) {
    this.source = source;
    this.preview = preview;
  }

  void add(List<Hypertable> hypertables) {
    for (Hypertable hypertable : hypertables) {
      TableName table = hypertable.table();
      preview.add(
          "hypertables",
          Where.TARGET,
          text(
              "SELECT public.create_hypertable(%L, %L%s, create_default_indexes => false)",
              table,
              hypertable.timeColumn(),
              hypertable.interval().orElse(null),
              ", chunk_time_interval => %L::"));
      for (Hypertable.Dimension dimension : hypertable.dimensions()) {
        boolean hash = dimension.partitions() != null;
        preview.add(
            "hypertables",
            Where.TARGET,
            hash
                ? quoted(
                    "SELECT public.add_dimension(%%L, %%L, number_partitions => %d)"
                        .formatted(dimension.partitions()),
                    table,
                    dimension.column())
                : text(
                    "SELECT public.add_dimension(%L, %L%s)",
                    table,
                    dimension.column(),
                    dimension.interval(),
                    ", chunk_time_interval => %L::"));
      }
    }
  }

  void addPolicies(List<Hypertable> hypertables) {
    for (Hypertable hypertable : hypertables) {
      if (hypertable.columnstore() != null) {
        preview.add(
            "policies",
            Where.TARGET,
            quoted(
                "SELECT public.add_compression_policy(%L, compress_after => %L)",
                hypertable.table(), hypertable.columnstore().after()));
      }
      if (hypertable.retention() != null) {
        preview.add(
            "policies",
            Where.TARGET,
            quoted(
                "SELECT public.add_retention_policy(%L, drop_after => %L)",
                hypertable.table(), hypertable.retention()));
      }
    }
  }

  private String quoted(String format, TableName table, String argument) {
    return source.text(
        DOING,
        "select format(?::text, format('%I.%I', ?::text, ?::text), ?::text)",
        format,
        table.schema(),
        table.name(),
        argument);
  }

  private String text(
      String format, TableName table, String column, String interval, String intervalFormat) {
    return source.text(
        DOING,
        """
        select format(?::text, format('%I.%I', s, t), c,
                 coalesce(format(?::text, i)
                   || (select case when a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
                                   then 'bigint' else 'interval' end
                         from pg_catalog.pg_attribute a
                        where a.attrelid = format('%I.%I', s, t)::regclass and a.attname = c), ''))
          from (select ?::text s, ?::text t, ?::text c, ?::text i) x
        """,
        format,
        intervalFormat,
        table.schema(),
        table.name(),
        column,
        interval);
  }
}
