package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.console.Interrupts.Guard;
import dev.tsferry.cli.error.ErrorPrinter;
import dev.tsferry.cli.follow.FollowEnd;
import dev.tsferry.cli.follow.FollowListener;
import dev.tsferry.cli.follow.RunFollower;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.render.EventLines;
import dev.tsferry.cli.render.ReportTable;
import dev.tsferry.cli.render.RunRenderer;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.deployment.HostLayout;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Following a run on the host to its end, and what is shown and written then. */
final class RunFollowing {
  private final CommandContext context;
  private final RemoteSite site;
  private final PrintWriter out;
  private final PrintWriter err;
  private final String planOption;
  private Format format = Format.TEXT;

  /** How the run is shown. */
  enum Format {
    /** Lines for people on standard error, and the report as a table on standard output. */
    TEXT,
    /** One event a line on standard output, and nothing else there. */
    JSON
  }

  /**
   * @param planOption how the plan is named in commands that are shown to the user
   */
  RunFollowing(
      CommandContext context,
      RemoteSite site,
      PrintWriter out,
      PrintWriter err,
      String planOption) {
    this.context = requireNonNull(context, "context is null");
    this.site = requireNonNull(site, "site is null");
    this.out = requireNonNull(out, "out is null");
    this.err = requireNonNull(err, "err is null");
    this.planOption = requireNonNull(planOption, "planOption is null");
  }

  /** Shows the run in another way. */
  RunFollowing as(Format other) {
    this.format = requireNonNull(other, "other is null");
    return this;
  }

  /**
   * Follows to the end and returns the exit code.
   *
   * @param attemptBefore see {@link RunFollower}
   * @param planFile next to which the report is written
   */
  int follow(HostShell shell, long afterSeq, int attemptBefore, Path planFile) {
    FollowEnd end;
    try (RunRenderer renderer = new RunRenderer(err, context.terminal(), context.pacer());
        Guard guard = context.interrupts().onInterrupt(this::interrupted)) {
      requireNonNull(guard, "guard is null");
      FollowListener listener = format == Format.JSON ? new EventLines(out, renderer) : renderer;
      end = follower(shell, listener, afterSeq, attemptBefore).follow();
    }
    if (end instanceof FollowEnd.Ended ended) {
      return ended(shell, ended.state(), planFile);
    }
    return died((FollowEnd.Died) end);
  }

  private RunFollower follower(
      HostShell shell, FollowListener listener, long afterSeq, int attemptBefore) {
    return new RunFollower(site.polls(shell), context.pacer(), listener, afterSeq, attemptBefore);
  }

  private void interrupted() {
    err.println();
    err.println("no longer following; the run goes on without this command");
    err.println("hint: tsferry follow" + planOption);
    err.println("hint: tsferry cancel" + planOption);
    err.flush();
  }

  private int ended(HostShell shell, RunState state, Path planFile) {
    int exitCode = state.exitCode() == null ? ExitCode.BUG.code() : state.exitCode();
    // Differences are in the report too; a run that failed earlier has none.
    if (exitCode == ExitCode.DONE.code() || exitCode == ExitCode.DIFFERENCES_FOUND.code()) {
      HostRun run = new HostRun(shell);
      Path report = reportFile(planFile, site.plan().name());
      MigrationReport carried = run.report();
      if (format == Format.TEXT) {
        ReportTable.print(out, carried);
      }
      keepReport(err, carried, report);
      Path handover = report.resolveSibling(site.plan().name() + "-handover.sql");
      run.handover().ifPresent(script -> keepHandover(script, handover));
    }
    if (state.failure() != null) {
      RunState.Failure failure = state.failure();
      ErrorPrinter.print(err, failure.code(), failure.message(), failure.hints());
      err.println(
          "log: %s/runner.log on the host %s"
              .formatted(HostLayout.STATE_DIRECTORY, shell.host().instanceId()));
    } else if (state.status() == RunState.Status.CANCELLED) {
      err.println("error: the run was cancelled");
    }
    if (exitCode != ExitCode.DONE.code()) {
      err.println("next: \"tsferry run%s\" takes it up again".formatted(planOption));
    } else {
      err.println("next: tsferry down" + planOption);
    }
    err.flush();
    return exitCode;
  }

  private int died(FollowEnd.Died died) {
    String lastStep =
        died.state()
            .map(RunState::progress)
            .map(progress -> " in step " + progress.step())
            .orElse("");
    String said = died.said().isEmpty() ? "" : "; it said:\n  " + String.join("\n  ", died.said());
    throw new MigrationException(
        ErrorCode.HOST_COMMAND_FAILED,
        "following the run: the runner died%s without a word on how it ended%s"
            .formatted(lastStep, said),
        "\"tsferry run%s\" takes the run up again".formatted(planOption));
  }

  static Path reportFile(Path planFile, String name) {
    return planFile.toAbsolutePath().resolveSibling(name + "-report.json");
  }

  private void keepHandover(String script, Path file) {
    try {
      Files.writeString(file, script);
      err.println("handover: " + file + ": what a stronger user may still do on the target");
    } catch (IOException e) {
      ErrorPrinter.print(
          err,
          ErrorCode.BAD_ARGUMENT,
          "writing the handover script %s: %s".formatted(file, e.getMessage()),
          List.of());
    }
  }

  /** Prints the report and writes it to {@code file}. */
  static void showReport(PrintWriter out, PrintWriter err, MigrationReport report, Path file) {
    ReportTable.print(out, report);
    keepReport(err, report, file);
  }

  private static void keepReport(PrintWriter err, MigrationReport report, Path file) {
    try {
      Files.writeString(
          file, Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
      err.println("report: " + file);
    } catch (IOException e) {
      ErrorPrinter.print(
          err,
          ErrorCode.BAD_ARGUMENT,
          "writing the report %s: %s".formatted(file, e.getMessage()),
          List.of());
    }
  }
}
