package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.PausedRunOptions;
import dev.tsferry.plan.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tsferry resume}: lets a run go on that was held. */
@Command(
    name = "resume",
    sortOptions = false,
    description = {"Let a run go on that \"tsferry pause\" holds."})
public final class ResumeCommand implements Callable<Integer> {
  @Mixin private PausedRunOptions run;
  @Spec private CommandSpec spec;

  private final CommandContext context;

  public ResumeCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    new PauseSwitch(context, spec.commandLine().getErr()).turn(run, false);
    spec.commandLine().getOut().println("the run goes on");
    return ExitCode.DONE.code();
  }
}
