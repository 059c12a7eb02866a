package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.PausedRunOptions;
import dev.tsferry.plan.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tsferry pause}: holds the copying of rows. */
@Command(
    name = "pause",
    sortOptions = false,
    description = {
      "Hold a run of data mode stream between two rows: connections, snapshot and locks stay, nothing moves.",
      "\"tsferry resume\" lets it go on, \"tsferry cancel\" ends it and gives all of them back."
    })
public final class PauseCommand implements Callable<Integer> {
  @Mixin private PausedRunOptions run;
  @Spec private CommandSpec spec;

  private final CommandContext context;

  public PauseCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    new PauseSwitch(context, spec.commandLine().getErr()).turn(run, true);
    spec.commandLine().getOut().println("the run holds within a second");
    return ExitCode.DONE.code();
  }
}
