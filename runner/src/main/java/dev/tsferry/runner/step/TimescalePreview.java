package dev.tsferry.runner.step;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.check.RunPreview.Where;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.JobTable;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.List;

/** What is special about a run whose source is TimescaleDB, for a dry run. */
final class TimescalePreview {
  private static final String DOING = "saying what a run would do";

  private final Workspace workspace;
  private final PipelinePreview preview;

  TimescalePreview(Workspace workspace, PipelinePreview preview) {
    this.workspace = workspace;
    this.preview = preview;
  }

  void add(Session source) {
    TimescaleExtension extension = TimescaleExtension.of(source).orElseThrow();
    if (workspace.pipeline().moveTargetTimescaledb()) {
      preview.add(
          "extension", Where.TARGET, "DROP EXTENSION timescaledb -- if it has another version");
      preview.add(
          "extension",
          Where.TARGET,
          "CREATE EXTENSION timescaledb SCHEMA public VERSION '%s'".formatted(extension.version()));
    }
    boolean streams = workspace.pipeline().dataMode() == DataMode.STREAM;
    if (streams) {
      preview.catalogue();
    }
    List<String> restoring =
        streams
            ? List.of("extension", "pre-data", CatalogueStep.ID, CopyStep.ID, "data", "post-data")
            : List.of("extension", "pre-data", "data", "post-data");
    for (String step : restoring) {
      preview.note(
          step,
          "public.timescaledb_pre_restore() on the target before it, public.timescaledb_post_restore() after it, on every way out");
    }
    if (extension.fullEdition()) {
      jobs(source, "dump", false);
      jobs(source, "jobs", true);
    }
    preview.note("hypertable-keys", "the foreign keys to hypertables, which restore mode refuses");
  }

  private void jobs(Session source, String step, boolean scheduled) {
    for (int job :
        source.list(
            DOING,
            "select job_id from timescaledb_information.jobs where scheduled and job_id >= %d order by 1"
                .formatted(JobTable.FIRST_USER_JOB),
            row -> row.getInt(1))) {
      String statement = "SELECT public.alter_job(%d, scheduled => %s)".formatted(job, scheduled);
      preview.add(step, Where.SOURCE, statement);
      if (scheduled) {
        preview.add(step, Where.TARGET, statement);
      }
    }
  }
}
