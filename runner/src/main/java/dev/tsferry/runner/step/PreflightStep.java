package dev.tsferry.runner.step;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.ByteSizes;
import dev.tsferry.runner.preflight.ClientChecks;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.HypertableChecks;
import dev.tsferry.runner.preflight.SourceChecks;
import dev.tsferry.runner.preflight.TargetChecks;
import dev.tsferry.runner.preflight.TimescaleChecks;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.util.Optional;
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
  private static final String ID = "preflight";

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
    reach(workspace.source(), findings);
    reach(workspace.target(), findings);
    findPrograms(findings);
    findings.throwIfAny();
    workspace.lock().hold();
    if (workspace.ledger().run().isPresent()) {
      new Recovery(workspace).repair(context);
    }
    try (Session source = workspace.source().connect(ID);
        Session target = workspace.target().connect(ID)) {
      workspace.guide(Guide.of(source, workspace.kind()));
      context.info(workspace.guide().line());
      Ledger.Run wanted = wanted(source);
      Optional<Ledger.Run> before = workspace.ledger().run();
      before.ifPresent(run -> refuseOther(run, wanted));
      workspace.run(before.orElse(wanted));
      ask(source, target, before.isEmpty(), findings);
      findings.warnings().forEach(context::warn);
      findings.throwIfAny();
      context.checkCancelled();
      if (before.isEmpty()) {
        workspace.ledger().create(wanted);
      }
    }
    return "PostgreSQL %d to %d with client programs %s"
        .formatted(
            workspace.source().majorVersion(),
            workspace.target().majorVersion(),
            workspace.programs().version());
  }

  private static void reach(Server server, Findings findings) {
    try (Session session = server.connect(ID)) {
      session.execute("trying the " + server.side().word(), "select 1");
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      findings.error(e);
    }
  }

  private void findPrograms(Findings findings) throws InterruptedException {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    try {
      workspace.programs(
          ClientPrograms.find(
              workspace.pipeline().clientMajor(),
              path,
              workspace.processes(),
              workspace.directory().toolLog(ID)));
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      findings.error(e);
    }
  }

  private void ask(Session source, Session target, boolean first, Findings findings)
      throws IOException {
    ClientChecks.check(
        workspace.source().version(), workspace.target().version(), workspace.programs(), findings);
    SourceChecks sourceChecks = new SourceChecks(source, findings);
    sourceChecks.kind();
    sourceChecks.size(workspace.pipeline().acknowledgeSize());
    sourceChecks.readable();
    sourceChecks.writers();
    sourceChecks.leftBehind();
    TargetChecks targetChecks = new TargetChecks(target, findings);
    targetChecks.writable();
    targetChecks.extensions(sourceChecks.extensions());
    targetChecks.encoding(sourceChecks.encoding());
    if (first) {
      targetChecks.empty();
    }
    if (workspace.guide() == Guide.TIMESCALEDB) {
      new TimescaleChecks(source, target, findings).check(workspace.pipeline(), first);
    } else {
      new HypertableChecks(source, target, findings).check(workspace.pipeline().hypertables());
    }
    if (workspace.manifest().isEmpty()) {
      disk(sourceChecks.tableBytes(), findings);
    }
  }

  private void disk(long needed, Findings findings) throws IOException {
    long usable = workspace.dump().usableBytes();
    if (usable < needed) {
      findings.error(
          ErrorCode.DISK_FULL,
          "the dump takes about %s, the dump directory has room for %s"
              .formatted(ByteSizes.text(needed), ByteSizes.text(usable)),
          "give the host a bigger data volume");
    }
  }

  private Ledger.Run wanted(Session source) {
    return new Ledger.Run(
        UUID.randomUUID(),
        workspace.name(),
        SourceIdentity.of(source, workspace.source().address()),
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
    return "roles %s, hypertables [%s]%s"
        .formatted(
            pipeline.roles() ? "yes" : "no",
            hypertables,
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
          "or begin anew: empty the target, its schema tsferry too");
    }
  }
}
