package dev.tsferry.runner.step;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.DatabaseIdentity;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.Preflight;
import dev.tsferry.runner.quiesce.QuiesceChecks;
import dev.tsferry.runner.rollback.ObjectRecord;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Asks everything that can be asked before anything is written, so that a failure costs minutes and
 * not the maintenance window.
 *
 * <p>Effect: the lock is held, and after a clean first time the ledger is in the target. Repeat:
 * the same questions, except whether the target is empty; an attempt that differs from the run that
 * the ledger holds is refused.
 */
final class PreflightStep implements Step {
  static final String ID = "preflight";

  private final Workspace workspace;

  PreflightStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "check both databases";
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    Findings findings = new Findings();
    Optional<ClientPrograms> programs = findPrograms(findings);
    try (Preflight preflight = Preflight.open(workspace.source(), workspace.target(), findings)) {
      findings.throwIfAny();
      workspace.programs(programs.orElseThrow());
      workspace.lock().hold();
      new Recovery(workspace).repair(context);
      workspace.guide(Guide.of(preflight.sourceSession(), workspace.kind()));
      context.info(workspace.guide().line());
      Ledger.Run wanted = wanted(preflight.sourceSession());
      Optional<Ledger.Run> before = workspace.ledger().run();
      before.ifPresent(run -> refuseOther(run, wanted));
      workspace.run(before.orElse(wanted));
      ask(preflight, programs, before.isEmpty(), findings);
      tell(findings, context);
      findings.throwIfAny();
      context.checkCancelled();
      if (before.isEmpty()) {
        workspace.ledger().create(wanted, ObjectRecord::before);
      }
      if (workspace.manifest().isEmpty()) {
        ObjectRecord.carried(preflight.sourceSession(), workspace.target());
      }
    }
    return "PostgreSQL %d to %d with client programs %s"
        .formatted(
            workspace.source().majorVersion(),
            workspace.target().majorVersion(),
            workspace.programs().version());
  }

  private static void tell(Findings findings, StepContext context) {
    for (Finding warning : findings.of(Severity.WARNING)) {
      context.warn(warning.text());
    }
  }

  private Optional<ClientPrograms> findPrograms(Findings findings) throws InterruptedException {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    try {
      return Optional.of(
          ClientPrograms.find(
              workspace.pipeline().clientMajor(),
              path,
              workspace.processes(),
              workspace.directory().toolLog(ID)));
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      findings.error("pg_dump", e);
      return Optional.empty();
    }
  }

  private void ask(
      Preflight preflight, Optional<ClientPrograms> programs, boolean first, Findings findings)
      throws IOException {
    Pipeline pipeline = workspace.pipeline();
    OptionalLong room =
        workspace.manifest().isEmpty()
            ? OptionalLong.of(workspace.dump().usableBytes())
            : OptionalLong.empty();
    preflight.source(pipeline, room);
    preflight.ask(
        "quiesce",
        () -> new QuiesceChecks(preflight.sourceSession(), findings).check(pipeline.quiesce()));
    preflight.target(first);
    preflight.both(pipeline, programs, workspace.guide(), first);
  }

  private Ledger.Run wanted(Session source) {
    return new Ledger.Run(
        UUID.randomUUID(),
        workspace.name(),
        DatabaseIdentity.of(source, workspace.source().address()),
        workspace.source().version(),
        shape(workspace.pipeline(), workspace.guide()),
        workspace.programs().version());
  }

  /** What of the pipeline decides what is loaded; the rest may change between attempts. */
  static String shape(Pipeline pipeline, Guide guide) {
    String hypertables =
        pipeline.hypertables().stream()
            .map(PreflightStep::shape)
            .sorted()
            .collect(Collectors.joining("; "));
    List<String> skipped = pipeline.skipExtensions().stream().sorted().toList();
    return "roles %s, hypertables [%s]%s%s%s"
        .formatted(
            pipeline.roles() ? "yes" : "no",
            hypertables,
            pipeline.dataMode() == DataMode.STREAM ? ", streamed" : "",
            skipped.isEmpty() ? "" : ", without " + skipped,
            guide == Guide.TIMESCALEDB ? ", from TimescaleDB" : "");
  }

  private static String shape(Hypertable hypertable) {
    String base =
        "%s by %s every %s"
            .formatted(
                hypertable.table(),
                hypertable.timeColumn(),
                hypertable.interval().orElse("default"));
    Hypertable plain =
        new Hypertable(hypertable.table(), hypertable.timeColumn(), hypertable.chunkInterval());
    return hypertable.equals(plain) ? base : base + " " + hypertable;
  }

  private static void refuseOther(Ledger.Run before, Ledger.Run wanted) {
    refuse("migration", before.name(), wanted.name());
    refuse("source", before.source(), wanted.source());
    refuse(
        "source's major version",
        String.valueOf(before.sourceVersion() / 10_000),
        String.valueOf(wanted.sourceVersion() / 10_000));
    refuse("pipeline", before.pipeline(), wanted.pipeline());
  }

  private static void refuse(String what, String before, String now) {
    if (!before.equals(now)) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "taking up the run that the target is in the middle of: its %s is \"%s\", this one's is \"%s\""
              .formatted(what, before, now),
          "go on with the plan that the run was started with",
          "or begin anew: \"tsferry rollback\" with that plan empties the target");
    }
  }
}
