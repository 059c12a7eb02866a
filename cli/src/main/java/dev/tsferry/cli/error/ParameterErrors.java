package dev.tsferry.cli.error;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns wrong arguments into one error line and a pointer to the help, instead of a page of it. */
public final class ParameterErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine commandLine = exception.getCommandLine();
    PrintWriter err = commandLine.getErr();
    if (exception.getCause() instanceof MigrationException worded) {
      return ErrorPrinter.print(err, worded, false).code();
    }
    String command = commandLine.getCommandSpec().qualifiedName();
    ErrorPrinter.print(
        err,
        ErrorCode.BAD_ARGUMENT,
        command + ": " + lowerStart(exception.getMessage()),
        List.of(command + " --help"));
    StringWriter suggestions = new StringWriter();
    UnmatchedArgumentException.printSuggestions(exception, new PrintWriter(suggestions));
    if (!suggestions.toString().isBlank()) {
      err.println("hint: " + lowerStart(suggestions.toString().strip()));
    }
    err.flush();
    return ExitCode.USAGE.code();
  }

  private static String lowerStart(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
