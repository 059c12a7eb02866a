package dev.tsferry.cli.error;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command and, with {@code --quiet}, keeps to itself what it says on standard error until
 * the first line of an error: progress and notes are for people who watch.
 */
public final class QuietExecution implements IExecutionStrategy {
  private static final String QUIET = "--quiet";

  private final IExecutionStrategy strategy = new RunLast();

  @Override
  public int execute(ParseResult parsed) throws ExecutionException {
    if (!quiet(parsed)) {
      return strategy.execute(parsed);
    }
    CommandLine root = parsed.commandSpec().root().commandLine();
    PrintWriter err = root.getErr();
    root.setErr(new PrintWriter(new ErrorsOnly(err), true));
    try {
      return strategy.execute(parsed);
    } finally {
      // What is thrown is printed by somebody else, and never kept back.
      root.setErr(err);
    }
  }

  private static boolean quiet(ParseResult parsed) {
    for (ParseResult result = parsed; result != null; result = result.subcommand()) {
      if (result.hasMatchedOption(QUIET)) {
        return true;
      }
    }
    return false;
  }
}
