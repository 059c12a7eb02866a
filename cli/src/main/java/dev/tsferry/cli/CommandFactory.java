package dev.tsferry.cli;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.command.CommandContext;
import dev.tsferry.cli.command.CommandGroups;
import dev.tsferry.cli.command.TsferryCommand;
import dev.tsferry.cli.error.ExecutionErrors;
import dev.tsferry.cli.error.ParameterErrors;
import dev.tsferry.cli.error.QuietExecution;
import dev.tsferry.cli.options.HelpOptions;
import dev.tsferry.plan.outcome.ExitCode;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Makes the command line with all commands, each handed the same context. */
public final class CommandFactory implements IFactory {
  private final CommandContext context;

  private CommandFactory(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /** The whole command line. */
  public static CommandLine commandLine(CommandContext context) {
    CommandLine commandLine = new CommandLine(new TsferryCommand(), new CommandFactory(context));
    commandLine
        .setExecutionExceptionHandler(new ExecutionErrors())
        .setParameterExceptionHandler(new ParameterErrors())
        .setExecutionStrategy(new QuietExecution())
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpWidth(100);
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    commandLine.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    commandLine
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    HelpOptions.addTo(commandLine);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(context)));
    return commandLine;
  }

  // Help is printed while arguments are read, so this option is known before.
  private static Ansi ansi(CommandContext context) {
    return context.terminal().live() ? Ansi.AUTO : Ansi.OFF;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode exitCode : ExitCode.values()) {
      list.put(" " + exitCode.code(), exitCode.meaning());
    }
    return list;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 1 && parameters[0] == CommandContext.class) {
        return type.cast(constructor.newInstance(context));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
