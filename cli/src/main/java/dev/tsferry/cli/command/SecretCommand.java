package dev.tsferry.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tsferry secret}: the databases' passwords. */
@Command(
    name = "secret",
    description = "Set the databases' passwords (secret set target, secret set source).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SecretSetCommand.class})
public final class SecretCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: set");
  }
}
