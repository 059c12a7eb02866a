package dev.tsferry.cli.options;

import dev.tsferry.cli.error.ExecutionErrors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command understands; picocli acts on these, no command reads them. */
public final class HelpOptions {
  private HelpOptions() {}

  /** Adds the version option to the command itself, help and stack traces to all below it too. */
  public static void addTo(CommandLine root) {
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show tsferry's and Java's version.")
                .build());
    addToAll(root);
  }

  private static void addToAll(CommandLine commandLine) {
    CommandSpec spec = commandLine.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and exit.")
            .build());
    spec.addOption(
        OptionSpec.builder(ExecutionErrors.STACKTRACE)
            .type(boolean.class)
            .description("Print where in tsferry a failure happened.")
            .build());
    commandLine.getSubcommands().values().forEach(HelpOptions::addToAll);
  }
}
