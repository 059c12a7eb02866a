package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.discovery.AccountDirectory.Identity;
import dev.tsferry.cli.follow.RunPolls;
import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.cli.host.HostReadiness;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.host.RemoteHost;
import dev.tsferry.cli.host.RunnerPush;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.cli.stack.MigrationStack;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;

/** A plan together with the account in which it takes place: what most commands start from. */
final class RemoteSite {
  private final CommandContext context;
  private final AwsAccount account;
  private final MigrationPlan plan;

  private RemoteSite(CommandContext context, AwsAccount account, MigrationPlan plan) {
    this.context = requireNonNull(context, "context is null");
    this.account = requireNonNull(account, "account is null");
    this.plan = requireNonNull(plan, "plan is null");
  }

  /**
   * Opens the plan's account, and says on {@code err} which one it is.
   *
   * @throws MigrationException {@code STATE_MISMATCH} if the credentials belong to another account
   */
  static RemoteSite open(CommandContext context, MigrationPlan plan, PrintWriter err) {
    AwsAccount account = context.accounts().open(java.util.Optional.of(plan.region()));
    Identity identity = account.identity().identity();
    if (!identity.account().equals(plan.account())) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "opening the account of the plan: it is for account %s, the credentials belong to %s"
              .formatted(plan.account(), identity.account()),
          "choose other credentials, for example with AWS_PROFILE, or plan again");
    }
    err.printf(
        "migration %s, account %s, region %s%n", plan.name(), identity.account(), plan.region());
    err.flush();
    return new RemoteSite(context, account, plan);
  }

  AwsAccount account() {
    return account;
  }

  MigrationPlan plan() {
    return plan;
  }

  MigrationStack stack() {
    return new MigrationStack(account.stacks(), context.cdk(), plan);
  }

  HostReadiness readiness() {
    return new HostReadiness(account.hosts(), context.pacer());
  }

  HostShell shell(DeployedStack stack) {
    return new HostShell(
        account.commands(),
        context.pacer(),
        new RemoteHost(
            stack.output(StackOutput.INSTANCE_ID), stack.output(StackOutput.COMMAND_DOCUMENT)));
  }

  HostPreparation preparation(HostShell shell) {
    return new HostPreparation(shell, account.hosts(), context.pacer());
  }

  RunnerPush push(DeployedStack stack, HostShell shell) {
    return new RunnerPush(account.bucket(), stack.output(StackOutput.PUSH_BUCKET), shell);
  }

  /** The run's answers, for following it. */
  RunPolls polls(HostShell shell) {
    HostRun run = new HostRun(shell);
    HostReadiness readiness = readiness();
    return new RunPolls() {
      @Override
      public HostPoll poll(long afterSeq) {
        return run.poll(afterSeq);
      }

      @Override
      public void requireHost() {
        readiness.requireNotGone(shell.host().instanceId());
      }
    };
  }
}
