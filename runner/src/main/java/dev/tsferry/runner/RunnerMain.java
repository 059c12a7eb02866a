package dev.tsferry.runner;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The migration host's program. */
@Command(
    name = "tsferry-runner",
    description = "Carries a PostgreSQL database to a Timescale service.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      SecretCommand.class,
      TaskCommand.Check.class,
      TaskCommand.Compare.class,
      TaskCommand.Dry.class,
      TaskCommand.Passwords.class,
      TaskCommand.TakeBack.class,
      TaskCommand.Undo.class
    })
public final class RunnerMain {
  private RunnerMain() {}

  /** Runs the command, and ends the process with an exit code of {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    CommandLine line = new CommandLine(new RunnerMain());
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          print(command.getErr(), e);
          return exitCode(e).code();
        });
    return line.execute(arguments);
  }

  private static ExitCode exitCode(Exception e) {
    return e instanceof MigrationException failure ? failure.code().exitCode() : ExitCode.BUG;
  }

  private static void print(PrintWriter err, Exception e) {
    if (e instanceof MigrationException failure) {
      err.println("error: " + failure.getMessage());
      failure.hints().forEach(hint -> err.println("hint: " + hint));
    } else {
      err.println("error: %s: a bug in tsferry: %s".formatted(ErrorCode.INTERNAL, e));
    }
  }
}
