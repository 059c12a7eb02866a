package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.local.LocalRequest;
import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.check.RollbackReport;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.Rollback;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry rollback}: takes back what a run that did not succeed created and changed. */
@Command(
    name = "rollback",
    sortOptions = false,
    description = {
      "Take back a run that did not succeed: drop what it created on the target, undo what it",
      "changed on the source, after showing both. What was there before the run stays.",
      "A run that succeeded is taken back with --finished only."
    })
public final class RollbackCommand implements Callable<Integer> {
  private static final String DOING = "rolling back";

  @Mixin private PlanFileOptions planFile;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  @Option(
      names = "--finished",
      description =
          "Take back a run that succeeded, too: all that it carried is dropped from the target, with everything that was written to it since.")
  private boolean finished;

  @ArgGroup(exclusive = false, heading = "%nOn this machine:%n")
  private LocalOptions local;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public RollbackCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /** Shows what is to be taken back, and takes it back. */
  private interface Work {
    RollbackReport show() throws IOException;

    RollbackReport execute() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    if (local != null && local.local()) {
      try (LocalRequest request = LocalRequest.of(local, false, context.environment())) {
        Rollback rollback = new Rollback(request.request(), request.passwords(), finished);
        return rollBack(here(request, rollback));
      }
    }
    PrintWriter err = spec.commandLine().getErr();
    RemoteSite site = RemoteSite.open(context, planFile.read(), err);
    return rollBack(there(new RemoteTask(context, site, err, planFile.repeated())));
  }

  private static Work here(LocalRequest request, Rollback rollback) {
    return new Work() {
      @Override
      public RollbackReport show() {
        return rollback.show();
      }

      @Override
      public RollbackReport execute() throws IOException {
        request.makeDirectories();
        return rollback.execute();
      }
    };
  }

  private Work there(RemoteTask task) {
    return new Work() {
      @Override
      public RollbackReport show() {
        return task.run(DOING, "rollback", options(false), false, planFile.file()).rollback();
      }

      @Override
      public RollbackReport execute() {
        return task.run(DOING, "rollback", options(true), false, planFile.file()).rollback();
      }
    };
  }

  private String options(boolean execute) {
    return ((execute ? "--yes " : "") + (finished ? "--finished" : "")).strip();
  }

  private int rollBack(Work work) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RollbackReport shown = work.show();
    if (shown.empty()) {
      out.println("nothing to roll back: the target is not in the middle of a run");
      return ExitCode.DONE.code();
    }
    if (shown.finishedAt() != null) {
      out.printf(
          "the run came to its end at %s; what was written to the target since is lost%n",
          shown.finishedAt());
      print(out, "connected with the target now", shown.users());
    }
    print(out, "to be dropped from the target", shown.drops());
    print(out, "stays on the target, since the run did not create it", shown.kept());
    print(out, "to be undone", shown.undoes());
    if (!shown.run().isEmpty()) {
      out.println("the run's ledger, its dump and its state go too");
    }
    out.flush();
    if (!yes) {
      confirm(shown.run());
    }
    RollbackReport done = work.execute();
    print(out, "could not be dropped", done.left());
    out.printf("%s is rolled back%n", done.run().isEmpty() ? "what a run changed" : done.run());
    return (done.left().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCES_FOUND).code();
  }

  private void confirm(String run) {
    if (!context.prompt().interactive()) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "%s %s: nobody is there to ask".formatted(DOING, run),
          "add --yes");
    }
    String typed =
        context.prompt().line("Type the migration's name, %s, to roll it back".formatted(run));
    if (!typed.strip().equals(run)) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "%s %s: not confirmed, nothing was changed".formatted(DOING, run));
    }
  }

  private static void print(PrintWriter out, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println(title + ":");
      lines.forEach(line -> out.println("  " + line.replaceAll("\\p{Cntrl}", "?")));
    }
  }
}
