package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.check.RunPreview;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.process.ProcessRunner;
import dev.tsferry.runner.state.RunDirectory;
import dev.tsferry.runner.step.PipelinePreview;
import dev.tsferry.runner.step.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what a run would do without doing it: looks at both databases, reads the source's roles and
 * schema, and writes nothing to either.
 */
public final class DryRun {
  private final RunRequest request;
  private final PasswordSource passwords;
  private final Cancellation cancellation = new Cancellation();

  public DryRun(RunRequest request, PasswordSource passwords) {
    this.request = requireNonNull(request, "request is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
  }

  /**
   * Looks.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException if the source's schema can't be read
   */
  public RunPreview run() throws IOException, InterruptedException {
    CheckReport check = new DatabaseCheck(request, passwords).run();
    boolean begins = check.exitCode() == ExitCode.DONE && check.proposal() != null;
    return new RunPreview(RunPreview.VERSION, request.name(), check, begins ? steps() : List.of());
  }

  // What pg_dump says of the schema goes to the private directory that passwords go to, and leaves
  // with it.
  private List<RunPreview.Step> steps() throws IOException, InterruptedException {
    Path scratch = request.runtimeDirectory().resolve("dry-run");
    try (Server source = request.server(Side.SOURCE, passwords, cancellation);
        Server target = request.server(Side.TARGET, passwords, cancellation);
        RunDirectory directory = RunDirectory.open(scratch)) {
      ProcessRunner processes = new ProcessRunner(cancellation, line -> {});
      Workspace workspace =
          new Workspace(
              request.name(),
              request.pipeline(),
              source,
              target,
              processes,
              directory,
              new DumpDirectory(scratch.resolve("dump")),
              request.rehearsal());
      workspace.kind(request.kind());
      ClientPrograms programs =
          ClientPrograms.find(
              request.pipeline().clientMajor(),
              System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
              processes,
              directory.toolLog("dry-run"));
      return new PipelinePreview(workspace, programs, request.dumpDirectory()).steps();
    }
  }
}
