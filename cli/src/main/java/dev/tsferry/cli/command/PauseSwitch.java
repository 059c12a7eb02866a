package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.options.PausedRunOptions;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.state.RunPause;
import java.io.PrintWriter;

/** Holds a run, on its host or on this machine, and lets it go on. */
final class PauseSwitch {
  private final CommandContext context;
  private final PrintWriter err;

  PauseSwitch(CommandContext context, PrintWriter err) {
    this.context = requireNonNull(context, "context is null");
    this.err = requireNonNull(err, "err is null");
  }

  /**
   * Turns it.
   *
   * @throws MigrationException {@code RUN_NOT_FOUND} if no run is active; {@code STATE_MISMATCH} if
   *     the plan's way to carry rows can't be held
   */
  void turn(PausedRunOptions options, boolean on) {
    if (options.state().isPresent()) {
      new RunPause(options.state().get()).turn(on);
      return;
    }
    String doing = on ? "pausing the run" : "letting the run go on";
    MigrationPlan plan = options.planFile().read();
    String option = options.planFile().repeated();
    if (plan.pipeline().dataMode() != DataMode.STREAM) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          doing + ": only data mode stream can be held, and the plan says dump",
          "\"tsferry cancel%s\" ends the run, and \"tsferry run%s\" takes it up again"
              .formatted(option, option));
    }
    RemoteSite site = RemoteSite.open(context, plan, err);
    HostShell shell = site.shell(site.stack().require());
    if (!new HostRun(shell).pause(on)) {
      throw new MigrationException(
          ErrorCode.RUN_NOT_FOUND,
          "%s: none is active on the host %s".formatted(doing, shell.host().instanceId()),
          "tsferry status" + option);
    }
  }
}
