package dev.tsferry.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tsferry} itself: what it is, and the list of its commands. */
@Command(
    name = "tsferry",
    sortOptions = false,
    versionProvider = TsferryVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    header = {
      "Carries a PostgreSQL database from AWS RDS to a Timescale service.",
      "",
      "  tsferry plan --rds orders-db --target-host HOST --target-port PORT",
      "  tsferry up",
      "  tsferry secret set target",
      "  tsferry run",
      "  tsferry down",
      ""
    },
    description = {
      "",
      "Everything after \"plan\" reads the plan (migration.json) and nothing else.",
      "Results go to standard output, everything else to standard error."
    },
    subcommands = {
      PlanCommand.class,
      UpCommand.class,
      SecretCommand.class,
      CheckCommand.class,
      RunCommand.class,
      MigrateCommand.class,
      PasswordsCommand.class,
      StatusCommand.class,
      FollowCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      RollbackCommand.class,
      ExtendCommand.class,
      DownCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    })
public final class TsferryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
