package dev.tsferry.cli;

import dev.tsferry.cli.aws.SdkAwsAccount;
import dev.tsferry.cli.command.CommandContext;
import dev.tsferry.cli.console.ShutdownInterrupts;
import dev.tsferry.cli.console.SystemNames;
import dev.tsferry.cli.console.SystemPrompt;
import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.options.HelpOptions;
import dev.tsferry.cli.stack.CdkScript;
import dev.tsferry.cli.time.SystemPacer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process: the real world for the commands, and their exit code for the shell. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    Path home = Path.of(System.getProperty("tsferry.home", "."));
    CommandContext context =
        new CommandContext(
            region -> SdkAwsAccount.open(region, environment),
            new SystemPrompt(
                System.in,
                Boolean.getBoolean("tsferry.stdin.terminal"),
                Boolean.getBoolean("tsferry.stdout.terminal")),
            new ShutdownInterrupts(),
            new SystemPacer(),
            TerminalTraits.of(
                Boolean.getBoolean("tsferry.stderr.terminal")
                    && !List.of(args).contains(HelpOptions.NO_COLOR),
                Integer.getInteger("tsferry.columns", 80),
                environment),
            new CdkScript(home),
            home,
            new SystemNames(),
            environment);
    System.exit(CommandFactory.commandLine(context).execute(args));
  }
}
