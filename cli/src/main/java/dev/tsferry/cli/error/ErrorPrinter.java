package dev.tsferry.cli.error;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints a failure the way every command does.
 *
 * <pre>
 * error: looking up the DB instance orders-db: there is none in us-east-1
 * hint: aws rds describe-db-instances --query 'DBInstances[].DBInstanceIdentifier'
 * </pre>
 */
public final class ErrorPrinter {
  private ErrorPrinter() {}

  /**
   * Prints {@code failure} and says with which code to exit.
   *
   * @param stacktrace whether the user asked for stack traces
   */
  public static ExitCode print(PrintWriter err, Throwable failure, boolean stacktrace) {
    ExitCode exitCode = ExitCode.BUG;
    if (failure instanceof MigrationException migrationException) {
      exitCode = migrationException.code().exitCode();
      print(
          err,
          migrationException.code(),
          migrationException.getMessage(),
          migrationException.hints());
    } else {
      err.println("error: a bug in tsferry: " + failure);
      err.println("hint: repeat the command with --stacktrace and report what it prints");
    }
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode;
  }

  /** Prints the parts of a failure that somebody else caught, such as the runner. */
  public static void print(PrintWriter err, ErrorCode code, String message, List<String> hints) {
    String bug = code == ErrorCode.INTERNAL ? "a bug in tsferry: " : "";
    err.println("error: " + bug + message);
    for (String hint : hints) {
      err.println("hint: " + hint);
    }
    err.flush();
  }
}
