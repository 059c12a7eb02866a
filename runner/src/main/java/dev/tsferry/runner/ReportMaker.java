package dev.tsferry.runner;

import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import dev.tsferry.plan.report.MigrationReport.StepTime;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Journal;
import dev.tsferry.runner.step.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts together what a finished run says of itself. */
final class ReportMaker {
  private static final String DOING = "describing the %s for the report";

  private ReportMaker() {}

  static MigrationReport report(
      RunRequest request, Workspace workspace, Server source, Server target, Journal journal) {
    RunState state = journal.state();
    List<String> notices = new ArrayList<>(journal.warnings());
    boolean verified = request.pipeline().verify() != VerifyLevel.NONE;
    if (!verified) {
      notices.add("not verified: the plan asks for no verification");
    }
    boolean complete = verified && state.failure() == null;
    boolean readBack = complete && request.pipeline().verify() == VerifyLevel.FULL;
    List<TableCount> tables = workspace.tables();
    return new MigrationReport(
        MigrationReport.VERSION,
        request.name(),
        state.startedAt(),
        Instant.now(),
        endpoint(source),
        endpoint(target),
        complete,
        state.steps().stream()
            .map(
                step -> new StepTime(step.id(), step.millis(), step.status() == StepStatus.SKIPPED))
            .toList(),
        tables,
        workspace.ledger().changes(),
        notices,
        workspace.differences(),
        state.failure() == null ? CutoverMaker.cutover(request, workspace, source, target) : null,
        workspace.streamed().stream().map(table -> readBack ? table.readBack() : table).toList());
  }

  static Endpoint endpoint(Server server) {
    String doing = DOING.formatted(server.side().word());
    try (Session session = server.visit("report")) {
      return new Endpoint(
          server.address().host(),
          server.address().port(),
          server.address().database(),
          session.text(doing, "select split_part(current_setting('server_version'), ' ', 1)"),
          session.text(
              doing,
              "select extversion from pg_catalog.pg_extension where extname = 'timescaledb'"));
    }
  }
}
