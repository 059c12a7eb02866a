package dev.tsferry.cli.command;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tsferry completion}: what a shell needs to complete tsferry's commands and options. */
@Command(
    name = "completion",
    sortOptions = false,
    description = "Print a script that completes commands and options in bash or zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(tsferry completion bash)                          # in this shell",
      "  tsferry completion bash > ~/.local/share/bash-completion/completions/tsferry",
      "  echo 'source <(tsferry completion zsh)' >> ~/.zshrc"
    })
public final class CompletionCommand implements Callable<Integer> {
  // The generator's own script serves both; zsh has to be told to read bash's.
  private static final String ZSH =
      """
      autoload -U +X compinit && compinit
      autoload -U +X bashcompinit && bashcompinit
      """;

  @Parameters(index = "0", paramLabel = "bash|zsh", description = "The shell.")
  private String shell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String script = AutoComplete.bash("tsferry", spec.root().commandLine());
    switch (shell) {
      case "bash" -> out.print(script);
      case "zsh" -> out.print(ZSH + script);
      default ->
          throw new MigrationException(
              ErrorCode.BAD_ARGUMENT,
              "completion for %s: only bash and zsh are known".formatted(shell));
    }
    out.flush();
    return ExitCode.DONE.code();
  }
}
