package dev.tsferry.runner.step;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.postgres.ToolErrors;
import dev.tsferry.runner.process.CommandLine;
import dev.tsferry.runner.process.ProcessResult;
import dev.tsferry.runner.process.StandardOutput;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Loads a file by psql in one transaction that begins with the step's row in the ledger: the file
 * is loaded exactly once or not at all.
 *
 * <p>psql reads the file itself. From a pipe of ours it would take our death for the file's end,
 * and commit what came before it.
 */
final class PsqlLoad {
  private static final String NO_LIMITS =
      "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0";

  private final Workspace workspace;

  PsqlLoad(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Loads {@code file}.
   *
   * @param detail what the step's row holds
   * @param onLine told each line of psql's output, among them one with each statement's tag
   */
  void load(String step, Path file, String detail, Consumer<String> onLine)
      throws IOException, InterruptedException {
    load(step, List.of(), file, detail, onLine);
  }

  /**
   * The same after other statements in the same transaction.
   *
   * @param first what takes back an earlier load, its row in the ledger too
   */
  void load(String step, List<String> first, Path file, String detail, Consumer<String> onLine)
      throws IOException, InterruptedException {
    CommandLine command = command(step, first, file, detail);
    ProcessResult result =
        workspace
            .processes()
            .run(command, workspace.directory().toolLog(step), StandardOutput.lines(onLine));
    // Whether it is loaded is the ledger's word, not psql's: the answer to a commit can be lost.
    if (workspace.ledger().detail(step).filter(detail::equals).isPresent()) {
      return;
    }
    if (result.succeeded()) {
      throw new MigrationException(
          ErrorCode.INTERNAL,
          "loading %s: psql ended well, but the ledger has no row of the step".formatted(step));
    }
    throw ToolErrors.failed(
        Side.TARGET,
        "loading %s into the target (nothing of it was kept)".formatted(step),
        "psql",
        result);
  }

  /**
   * Loads a file whose transactions write their own rows of the ledger.
   *
   * @throws MigrationException if one failed; those before it are kept
   */
  void loadTables(String step, Path file, Consumer<String> onLine)
      throws IOException, InterruptedException {
    ProcessResult result =
        workspace
            .processes()
            .run(
                psql(step, List.of("--file=" + file)),
                workspace.directory().toolLog(step),
                StandardOutput.lines(onLine));
    if (!result.succeeded()) {
      throw ToolErrors.failed(
          Side.TARGET,
          "loading %s into the target (the tables before are kept)".formatted(step),
          "psql",
          result);
    }
  }

  private CommandLine command(String step, List<String> first, Path file, String detail) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--single-transaction");
    first.forEach(statement -> arguments.add("--command=" + statement));
    arguments.add("--command=" + Ledger.recordStatement(workspace.run(), step, detail));
    arguments.add("--file=" + file);
    return psql(step, arguments);
  }

  private CommandLine psql(String step, List<String> what) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--no-psqlrc",
                "--set=ON_ERROR_STOP=1",
                "--set=VERBOSITY=verbose",
                "--echo-errors"));
    arguments.addAll(what);
    return workspace.programs().command(workspace.target(), "psql", step, options(), arguments);
  }

  /** The lines that a run would load {@code file} with, or its parts. */
  List<CommandLine> preview(String step, Path file) {
    List<CommandLine> lines = new ArrayList<>();
    if (workspace.pipeline().transfer().parallel()) {
      for (int part = 0; part <= workspace.pipeline().transfer().jobs(); part++) {
        lines.add(
            psql(
                step,
                List.of(
                    "--file="
                        + file.resolveSibling(".%s.%d.part".formatted(file.getFileName(), part)))));
      }
      lines.add(
          command(
              step,
              List.of(),
              file.resolveSibling(".%s.last.part".formatted(file.getFileName())),
              ""));
    } else {
      lines.add(command(step, List.of(), file, ""));
    }
    return lines;
  }

  // A server that asks now and then whether its client lives ends the transaction of a killed psql.
  private String options() {
    int major = workspace.target().majorVersion();
    return NO_LIMITS
        + (major >= 14 ? " -c client_connection_check_interval=5s" : "")
        + (major >= 17 ? " -c transaction_timeout=0" : "");
  }
}
