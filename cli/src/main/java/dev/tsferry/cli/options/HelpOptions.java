package dev.tsferry.cli.options;

import dev.tsferry.cli.error.ExecutionErrors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command understands; the command line acts on these, no command reads them. */
public final class HelpOptions {
  /** Silences everything but results and errors. */
  public static final String QUIET = "--quiet";

  /** Keeps control sequences out of the output. */
  public static final String NO_COLOR = "--no-color";

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
        OptionSpec.builder("-q", QUIET)
            .type(boolean.class)
            .description("Print results and errors only.")
            .build());
    spec.addOption(
        OptionSpec.builder(NO_COLOR)
            .type(boolean.class)
            .description("No colours and no rewritten lines; so does $NO_COLOR.")
            .build());
    spec.addOption(
        OptionSpec.builder(ExecutionErrors.STACKTRACE)
            .type(boolean.class)
            .description("Print where in tsferry a failure happened.")
            .build());
    commandLine.getSubcommands().values().forEach(HelpOptions::addToAll);
  }
}
