package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run on the host, whatever is there already: one that goes on is followed, one that ended badly
 * is taken up again, one that is done is shown.
 */
final class RemoteRun {
  /** Asks for no event at all. */
  private static final long NO_EVENTS = Long.MAX_VALUE / 2;

  private final CommandContext context;
  private final RemoteSite site;
  private final PrintWriter out;
  private final PrintWriter err;
  private final String planOption;

  RemoteRun(
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

  /**
   * Starts the run and follows it.
   *
   * @param rehearsal whether writes to the source are reported instead of failing the run
   * @param detach whether to return once it is started
   * @param downtime asked before a run is started, not before one is followed
   * @return the exit code
   */
  int run(Path planFile, boolean detach, boolean rehearsal, DowntimeQuestion downtime) {
    DeployedStack stack = site.stack().require();
    RunnerStart start = new RunnerStart(context, site, err, planOption);
    start.requireSecrets(stack, "starting the run");
    site.readiness().await(stack.output(StackOutput.INSTANCE_ID), line -> Lines.print(err, line));
    HostShell shell = site.shell(stack);
    HostPoll there = new HostRun(shell).poll(NO_EVENTS);
    RunFollowing following = new RunFollowing(context, site, out, err, planOption);
    if (there.active()) {
      Lines.print(err, "a run is active on the host: following that one");
      return detach ? ExitCode.DONE.code() : following.follow(shell, 0, 0, planFile);
    }
    downtime.ask();
    tellOfLastRun(there.state());
    start.start(
        stack,
        shell,
        there,
        planFile,
        HostRun.starting(
            site.plan().region(),
            stack.output(StackOutput.SOURCE_SECRET_ARN),
            stack.output(StackOutput.TARGET_SECRET_ARN),
            rehearsal));
    Lines.print(err, "the run is started on the host " + shell.host().instanceId());
    if (detach) {
      out.println("next: tsferry follow" + planOption);
      return ExitCode.DONE.code();
    }
    long lastSeq = there.state().map(RunState::lastSeq).orElse(0L);
    int attempt = there.state().map(RunState::attempt).orElse(0);
    return following.follow(shell, lastSeq, attempt, planFile);
  }

  private void tellOfLastRun(Optional<RunState> state) {
    if (state.isEmpty()) {
      return;
    }
    String ended =
        switch (state.get().status()) {
          case RUNNING -> "died";
          case FAILED -> "failed";
          case CANCELLED -> "was cancelled";
          case SUCCEEDED -> "succeeded";
        };
    Lines.print(err, "the last run %s; taking it up where it was".formatted(ended));
  }
}
