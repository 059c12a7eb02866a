package dev.tsferry.runner.step;

import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.Guide;
import dev.tsferry.runner.timescaledb.JobPause.Job;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.List;
import java.util.Optional;

/**
 * Puts the source's background jobs back as they were, and schedules the same ones on the target;
 * after the comparison, since a job that drops or compresses chunks would change what is compared.
 *
 * <p>Effect: the jobs and the step's row in the ledger, in one transaction. Repeat: nothing, once
 * the row is there.
 */
final class JobsStep implements Step {
  private static final String ID = "jobs";
  private static final String DOING = "scheduling background jobs on the target";

  private final Workspace workspace;

  JobsStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "schedule background jobs";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.guide() != Guide.TIMESCALEDB) {
      return Optional.of("the source is no TimescaleDB database");
    }
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) {
    List<Job> jobs = workspace.jobs().noted();
    workspace.jobs().resume();
    List<Job> scheduled = jobs.stream().filter(Job::scheduled).toList();
    try (Session target = workspace.target().connect(ID)) {
      boolean full = TimescaleExtension.of(target).orElseThrow().fullEdition();
      target.transaction(
          DOING,
          connection -> {
            Ledger.record(connection, workspace.run(), ID, "");
            for (Job job : full ? scheduled : List.<Job>of()) {
              target.list(
                  "%s: job %d".formatted(DOING, job.id()),
                  "select job_id from public.alter_job(?, scheduled => true)",
                  row -> row.getInt(1),
                  job.id());
            }
          });
      if (full) {
        missedWindows(target, context);
      }
    }
    return "%d of %d jobs are scheduled, as on the source".formatted(scheduled.size(), jobs.size());
  }

  private static void missedWindows(Session target, StepContext context) {
    List<String> refreshed =
        target.list(
            DOING,
            """
            select distinct format('%I.%I', a.view_schema, a.view_name)
              from timescaledb_information.continuous_aggregates a
              join timescaledb_information.jobs j
                on j.hypertable_schema = a.materialization_hypertable_schema
               and j.hypertable_name = a.materialization_hypertable_name
             where j.proc_name = 'policy_refresh_continuous_aggregate'
             order by 1
            """,
            row -> row.getString(1));
    if (!refreshed.isEmpty()) {
      context.info(
          "jobs were off while the database was carried; if that was longer than a refresh policy looks back, call refresh_continuous_aggregate for that time on: "
              + String.join(", ", refreshed));
    }
  }
}
