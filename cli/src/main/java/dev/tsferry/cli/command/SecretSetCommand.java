package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tsferry secret set}: puts a password into the stack's own secret. */
@Command(
    name = "set",
    sortOptions = false,
    description = {
      "Put a database's password into the stack's own secret.",
      "Asks for it without showing it; off a terminal reads one line of standard input."
    })
public final class SecretSetCommand implements Callable<Integer> {
  /** Whose password. */
  enum Side {
    target,
    source
  }

  @Parameters(
      paramLabel = "target|source",
      description = "Whose password: ${COMPLETION-CANDIDATES}.")
  private Side side;

  @Mixin private PlanFileOptions planFile;
  @Spec private CommandSpec spec;

  private final CommandContext context;

  public SecretSetCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    MigrationPlan plan = planFile.read();
    if (side == Side.source && plan.source().managedSecretArn().isPresent()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "setting the source's password: RDS manages it in %s, and tsferry never changes that one"
              .formatted(plan.source().managedSecretArn().get()),
          "nothing is to be done: the host reads it there");
    }
    RemoteSite site = RemoteSite.open(context, plan, spec.commandLine().getErr());
    DeployedStack stack = site.stack().require();
    DatabaseAddress address = side == Side.target ? plan.target() : plan.source().address();
    String question = "password of %s at %s".formatted(address.user(), address.host());
    set(site, stack, side, context.prompt().password(question));
    out.printf("the %s's password is set%n", side);
    out.println("next: tsferry run" + planFile.repeated());
    return ExitCode.DONE.code();
  }

  static void set(RemoteSite site, DeployedStack stack, Side side, char[] password) {
    MigrationPlan plan = site.plan();
    boolean target = side == Side.target;
    DatabaseAddress address = target ? plan.target() : plan.source().address();
    try {
      if (password.length == 0) {
        throw new MigrationException(
            ErrorCode.BAD_ARGUMENT, "setting the %s's password: it is empty".formatted(side));
      }
      String arn =
          stack.output(target ? StackOutput.TARGET_SECRET_ARN : StackOutput.SOURCE_SECRET_ARN);
      site.account().secrets().put(arn, address.user(), password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
