package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.local.LocalRequest;
import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.render.StatusText;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.RunLook;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** {@code tsferry status --local}: where a run on this machine stands. */
final class LocalStatus {
  private final CommandContext context;
  private final PrintWriter out;
  private final PrintWriter err;

  LocalStatus(CommandContext context, PrintWriter out, PrintWriter err) {
    this.context = requireNonNull(context, "context is null");
    this.out = requireNonNull(out, "out is null");
    this.err = requireNonNull(err, "err is null");
  }

  /**
   * What {@code tsferry status --local --json} prints.
   *
   * <pre>
   * {"version":1,"name":"orders","run":"died","inTheMiddle":"orders","undone":[],"state":{...}}
   * </pre>
   *
   * @param run none, running, died, succeeded, failed or cancelled
   * @param inTheMiddle the migration that the target is in the middle of, or null
   * @param undone what was executed to undo what a run that died left changed
   */
  record Document(
      int version,
      String name,
      String run,
      String inTheMiddle,
      List<String> undone,
      RunState state) {}

  /** Looks, undoes what is left changed, prints, and returns the exit code. */
  int show(LocalOptions options, boolean json) {
    try (LocalRequest request = LocalRequest.of(options, false, context.environment())) {
      RunLook.Found found = RunLook.look(request.request(), request.passwords());
      found.undone().forEach(text -> Lines.print(err, "left by a run that died, undone: " + text));
      String name = request.request().name();
      if (json) {
        out.println(
            StatusCommand.text(
                new Document(
                    1,
                    name,
                    found.run(),
                    found.inTheMiddle().orElse(null),
                    found.undone(),
                    found.state().orElse(null))));
      } else {
        print(name, found);
      }
      found
          .unanswered()
          .ifPresent(
              e -> {
                Lines.print(err, "the databases could not be asked: " + e.getMessage());
                e.hints().forEach(hint -> Lines.print(err, "hint: " + hint));
              });
      return found.unanswered().map(e -> e.code().exitCode()).orElse(ExitCode.DONE).code();
    }
  }

  private void print(String name, RunLook.Found found) {
    out.printf("migration   %s%n", name);
    out.printf("run         %s%n", inWords(found));
    found.inTheMiddle().ifPresent(there -> out.printf("target      in the middle of %s%n", there));
    found.state().ifPresent(state -> StatusText.print(out, state, Instant.now()));
    out.println(
        switch (found.run()) {
          case "running" -> "next: wait for it";
          case "succeeded" -> "next: point the application at the target";
          default -> "next: tsferry run --local, or tsferry rollback --local";
        });
    out.flush();
  }

  private static String inWords(RunLook.Found found) {
    return switch (found.run()) {
      case "none" -> found.inTheMiddle().isPresent() ? "none on this machine" : "none was started";
      case "running" -> "active";
      case "died" -> "died: its state says running and its process is gone";
      default -> MigrationStatus.inWords(found.state().orElseThrow());
    };
  }
}
