package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.Discovered;
import dev.tsferry.cli.options.CarryOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.options.PlanningOptions;
import dev.tsferry.cli.render.CheckText;
import dev.tsferry.cli.render.PlanSummary;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.deployment.ResourceNames;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry migrate}: plan, up, secret set, check, run and down, one after the other. */
@Command(
    name = "migrate",
    sortOptions = false,
    description =
        "Do it all: plan, up, secret set, check, run and down; stop at the first failure.")
public final class MigrateCommand implements Callable<Integer> {
  @Mixin private PlanningOptions planning;
  @Mixin private PlanFileOptions planFile;

  @ArgGroup(exclusive = false, heading = "%nWhat is carried, and how:%n")
  private CarryOptions carry = new CarryOptions();

  @Option(
      names = "--target-password-file",
      paramLabel = "FILE",
      description = "File with the target's password as its first line (default: ask).")
  private Path targetPasswordFile;

  @Option(
      names = "--source-password-file",
      paramLabel = "FILE",
      description = "The same for the source, where RDS does not manage the password.")
  private Path sourcePasswordFile;

  @Option(names = "--force", description = "Replace a different plan in the same file.")
  private boolean force;

  @Option(
      names = "--no-check",
      description = "Don't look at both databases before the run; its own preflight still does.")
  private boolean noCheck;

  @Option(names = "--yes", description = "Don't ask whether the application is stopped.")
  private boolean yes;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public MigrateCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Discovered discovered = new Planning(context).discover(planning, carry, Optional.empty());
    PlanSummary.print(out, discovered);
    out.println();
    out.println(Planning.write(discovered.plan(), planFile.file(), force));
    out.flush();
    RemoteSite site = RemoteSite.open(context, discovered.plan(), err);
    int exitCode;
    try {
      DeployedStack stack = UpCommand.deploy(site, planFile.file(), err);
      setSecrets(site, stack);
      ExitCode checked = check(site, out, err);
      if (checked != ExitCode.DONE) {
        remains(err, site);
        return checked.code();
      }
      exitCode =
          new RemoteRun(context, site, out, err, planFile.repeated())
              .run(planFile.file(), false, false, new DowntimeQuestion(context.prompt(), yes));
    } catch (MigrationException e) {
      remains(err, site);
      throw e;
    }
    if (exitCode != ExitCode.DONE.code()) {
      remains(err, site);
      return exitCode;
    }
    Teardown teardown = new Teardown(context, site, out, err, planFile.repeated());
    teardown.destroy(planFile.file(), true, false);
    return teardown.check(true);
  }

  // What the check finds costs minutes now and the maintenance window later.
  private ExitCode check(RemoteSite site, PrintWriter out, PrintWriter err) {
    if (noCheck) {
      return ExitCode.DONE;
    }
    CheckReport report =
        new RemoteTask(context, site, err, planFile.repeated())
            .run("checking both databases", "check", "", true, planFile.file())
            .check();
    CheckText.print(out, report, false);
    out.flush();
    return report.exitCode();
  }

  private void setSecrets(RemoteSite site, DeployedStack stack) {
    setSecret(site, stack, SecretSetCommand.Side.target, targetPasswordFile);
    if (site.plan().source().managedSecretArn().isEmpty()) {
      setSecret(site, stack, SecretSetCommand.Side.source, sourcePasswordFile);
    }
  }

  // A password that was set by an earlier try is kept, unless a file says otherwise.
  private void setSecret(
      RemoteSite site, DeployedStack stack, SecretSetCommand.Side side, Path file) {
    boolean target = side == SecretSetCommand.Side.target;
    StackOutput output = target ? StackOutput.TARGET_SECRET_ARN : StackOutput.SOURCE_SECRET_ARN;
    if (file == null && site.account().secrets().filled(stack.output(output)).orElse(false)) {
      return;
    }
    DatabaseAddress address = target ? site.plan().target() : site.plan().source().address();
    char[] password =
        file == null
            ? context
                .prompt()
                .password("password of %s at %s".formatted(address.user(), address.host()))
            : firstLine(file);
    SecretSetCommand.set(site, stack, side, password);
  }

  private static char[] firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "reading the password file %s: it cannot be read".formatted(file),
          e);
    }
  }

  private void remains(PrintWriter err, RemoteSite site) {
    String option = planFile.repeated();
    err.printf(
        "the stack %s is kept, so that the run can be taken up again%n",
        ResourceNames.stack(site.plan().name()));
    err.println(
        "next: \"tsferry run%s\" goes on, \"tsferry down%s\" gives up".formatted(option, option));
    err.flush();
  }
}
