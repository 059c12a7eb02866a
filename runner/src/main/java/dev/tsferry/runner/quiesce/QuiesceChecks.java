package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.quiesce.SourceSessions.Other;
import dev.tsferry.runner.quiesce.SourceTables.Lockable;
import java.util.List;
import java.util.Optional;

/** Shows beforehand what quiescing will do to the source, and what it can't do. */
public final class QuiesceChecks {
  private final Session source;
  private final Findings findings;

  public QuiesceChecks(Session source, Findings findings) {
    this.source = requireNonNull(source, "source is null");
    this.findings = requireNonNull(findings, "findings is null");
  }

  /** Looks at everything that {@code options} asks for. */
  public void check(Quiesce options) {
    if (options.mode() == Quiesce.Mode.LOCK) {
      locks();
    }
    if (options.readOnly()) {
      readOnly();
    }
    if (options.endWriters()) {
      sessions(options);
    }
  }

  private void locks() {
    List<Lockable> all = new SourceTables(source).lockable();
    List<String> refused = all.stream().filter(t -> !t.allowed()).map(Lockable::name).toList();
    if (!refused.isEmpty()) {
      findings.info(
          "quiesce-evidence",
          Findings.some(refused),
          "the user may not lock them; that nothing writes to them can't be proven, only observed",
          "GRANT UPDATE ON TABLE %s TO %s;"
              .formatted(
                  Findings.some(refused),
                  source.text("looking at the source", "select quote_ident(current_user)")));
    }
    if (refused.size() < all.size()) {
      findings.info(
          "quiesce-lock",
          "source",
          "while it dumps, the run locks %s against writes; readers go on, writers wait"
              .formatted(Counted.of(all.size() - refused.size(), "table")));
    }
  }

  private void readOnly() {
    Optional<String> obstacle = ReadOnlySource.obstacle(source);
    if (obstacle.isPresent()) {
      findings.error(
          "quiesce-read-only-impossible",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "it can't be made read-only: " + obstacle.get(),
          "set pipeline.quiesce.readOnly to false in the plan");
    } else {
      findings.info(
          "quiesce-read-only",
          "source",
          "the run executes %s, from another database, and undoes it at its end; sessions that are there already can go on writing"
              .formatted(ReadOnlySource.statement(source)),
          "set pipeline.quiesce.endWriters to true to end those sessions too");
    }
  }

  private void sessions(Quiesce options) {
    SourceSessions sessions = new SourceSessions(source);
    List<Other> toEnd = options.readOnly() ? sessions.all() : sessions.writing();
    findings.info(
        "quiesce-end-sessions",
        "source",
        toEnd.isEmpty()
            ? "no session would be ended now"
            : "the run ends these sessions: "
                + Findings.some(toEnd.stream().map(Other::who).toList()));
  }
}
