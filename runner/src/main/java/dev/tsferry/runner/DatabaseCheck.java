package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.check.CheckReport.Candidate;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import dev.tsferry.runner.file.AtomicFile;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.Preflight;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.ProcessRunner;
import dev.tsferry.runner.quiesce.QuiesceChecks;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at both databases and proposes the plan's pipeline part: preflight alone, for {@code
 * tsferry check}. Writes nothing to either database.
 */
public final class DatabaseCheck {
  private final RunRequest request;
  private final PasswordSource passwords;
  private final Cancellation cancellation = new Cancellation();

  public DatabaseCheck(RunRequest request, PasswordSource passwords) {
    this.request = requireNonNull(request, "request is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
  }

  /** Ends the check early; from another thread. */
  public void cancel() {
    cancellation.cancel();
  }

  /** Looks at everything; what is wrong is in the report, not thrown. */
  public CheckReport run() throws InterruptedException {
    Findings findings = new Findings();
    try (Server source = request.server(Side.SOURCE, passwords, cancellation);
        Server target = request.server(Side.TARGET, passwords, cancellation)) {
      Optional<ClientPrograms> programs = programs(findings);
      try (Preflight preflight = Preflight.open(source, target, findings)) {
        return report(preflight, source, target, programs, findings);
      }
    }
  }

  private CheckReport report(
      Preflight preflight,
      Server source,
      Server target,
      Optional<ClientPrograms> programs,
      Findings findings) {
    Pipeline pipeline = request.pipeline();
    List<Candidate> candidates = List.of();
    Pipeline proposal = null;
    boolean first = true;
    if (preflight.sourceSession() != null) {
      preflight.source(pipeline, room());
      preflight.ask(
          "quiesce",
          () -> new QuiesceChecks(preflight.sourceSession(), findings).check(pipeline.quiesce()));
    }
    if (preflight.targetSession() != null) {
      first = !runGoesOn(target, findings);
      preflight.target(first);
    }
    if (preflight.reached()) {
      Guide guide = Guide.of(preflight.sourceSession(), request.kind());
      findings.info("guide", "source", guide.line());
      preflight.both(pipeline, programs, guide, first);
      candidates = guide == Guide.TIMESCALEDB ? List.of() : preflight.candidates(pipeline);
      candidates.forEach(candidate -> tell(candidate, findings));
      proposal = proposal(pipeline, candidates, preflight.clientMajor(programs));
    }
    return new CheckReport(
        CheckReport.VERSION,
        request.name(),
        Instant.now(),
        preflight.sourceSession() == null ? null : endpoint(source),
        preflight.targetSession() == null ? null : endpoint(target),
        findings.all(),
        candidates,
        proposal);
  }

  private static void tell(Candidate candidate, Findings findings) {
    Hypertable hypertable = candidate.hypertable();
    String subject = "table " + hypertable.table();
    if (candidate.impossible().isPresent()) {
      findings.info(
          "hypertable-candidate-impossible",
          subject,
          "it looks like a time series (%s), but can't become a hypertable: %s"
              .formatted(candidate.reason(), candidate.impossible().get()),
          "change it on the source first, or carry it as a plain table");
    } else {
      findings.info(
          "hypertable-candidate",
          subject,
          "it looks like a time series (%s): a hypertable by %s with chunks of %s"
              .formatted(
                  candidate.reason(),
                  hypertable.timeColumn(),
                  hypertable.interval().orElse("the default size")),
          "accept the proposal, or name it in pipeline.hypertables");
    }
  }

  private static Pipeline proposal(Pipeline pipeline, List<Candidate> candidates, int clientMajor) {
    List<Hypertable> hypertables = new ArrayList<>(pipeline.hypertables());
    candidates.stream()
        .filter(candidate -> candidate.impossible().isEmpty())
        .map(Candidate::hypertable)
        .forEach(hypertables::add);
    return pipeline.with(hypertables, clientMajor);
  }

  private static boolean runGoesOn(Server target, Findings findings) {
    try {
      Optional<Ledger.Run> run = new Ledger(target).run();
      run.ifPresent(
          there ->
              findings.info(
                  "run-begun",
                  "target",
                  "it is in the middle of the migration %s, so it is not looked at whether it is empty"
                      .formatted(there.name()),
                  "\"tsferry run\" goes on with it, \"tsferry rollback\" takes it back"));
      return run.isPresent();
    } catch (MigrationException e) {
      findings.error("target", e);
      return false;
    }
  }

  private Optional<ClientPrograms> programs(Findings findings) throws InterruptedException {
    try {
      AtomicFile.makePrivate(request.runtimeDirectory());
      return Optional.of(
          ClientPrograms.find(
              request.pipeline().clientMajor(),
              System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
              new ProcessRunner(cancellation, line -> {}),
              request.runtimeDirectory().resolve("check.log")));
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      findings.error("pg_dump", e);
    } catch (IOException e) {
      findings.error(
          "runtime directory",
          new MigrationException(
              ErrorCode.BAD_ARGUMENT, "writing to the runtime directory: " + e.getMessage(), e));
    }
    return Optional.empty();
  }

  // The directory itself is made by the run, not by a look.
  private OptionalLong room() {
    Path directory = request.dumpDirectory().toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory)) {
      directory = directory.getParent();
    }
    try {
      return directory == null
          ? OptionalLong.empty()
          : OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static Endpoint endpoint(Server server) {
    return ReportMaker.endpoint(server);
  }
}
