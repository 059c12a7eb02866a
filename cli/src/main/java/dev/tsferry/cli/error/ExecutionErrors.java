package dev.tsferry.cli.error;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever a command throws into lines and an exit code. */
public final class ExecutionErrors implements IExecutionExceptionHandler {
  /** The option that every command has, next to {@code --help}. */
  public static final String STACKTRACE = "--stacktrace";

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parseResult) {
    boolean stacktrace = parseResult.originalArgs().contains(STACKTRACE);
    return ErrorPrinter.print(commandLine.getErr(), exception, stacktrace).code();
  }
}
