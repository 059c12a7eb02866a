package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.SearchResult;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Deleting the stack, and the search for what it left; both can be repeated. */
final class Teardown {
  private static final Duration DELETING = Duration.ofMinutes(10);
  // AWS goes on listing things for a while after they are gone.
  private static final Duration LISTING = Duration.ofMinutes(1);

  private final CommandContext context;
  private final RemoteSite site;
  private final PrintWriter out;
  private final PrintWriter err;
  private final String planOption;

  Teardown(
      CommandContext context,
      RemoteSite site,
      PrintWriter out,
      PrintWriter err,
      String planOption) {
    this.context = requireNonNull(context, "context is null");
    this.site = requireNonNull(site, "site is null");
    this.out = requireNonNull(out, "out is null");
    this.err = requireNonNull(err, "err is null");
    this.planOption = requireNonNull(planOption, "planOption is null");
  }

  /**
   * Deletes the stack, if it is there.
   *
   * @throws MigrationException {@code CONFIRMATION_REQUIRED} if it was not confirmed, {@code
   *     RUN_ACTIVE} while a run is active
   */
  void destroy(Path planFile, boolean yes, boolean force) {
    Optional<DeployedStack> stack = site.stack().find();
    if (stack.isEmpty()) {
      Lines.print(err, "the stack is gone already");
      return;
    }
    if (!yes) {
      confirm(stack.get());
    }
    if (!force) {
      requireNoRun(stack.get());
    }
    if (stack.get().busy()) {
      Lines.print(err, "waiting for CloudFormation: the stack is " + stack.get().status());
      stack = await(found -> found.isEmpty() || !found.get().busy());
    }
    if (stack.isPresent()) {
      emptyBuckets();
      site.stack().destroy(planFile, line -> Lines.print(err, line));
      await(Optional::isEmpty);
    }
    Lines.print(
        err,
        "Systems Manager keeps the history of the commands for 30 days, which nobody can delete; it holds no secret");
  }

  /** Empties the stack's bucket, without which the stack can't be deleted. */
  void emptyBuckets() {
    if (site.stack().find().isPresent()) {
      site.stack().buckets().forEach(bucket -> site.account().bucket().empty(bucket));
    }
  }

  private void confirm(DeployedStack stack) {
    MigrationPlan plan = site.plan();
    if (!context.prompt().interactive()) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "deleting the stack %s: nobody is there to ask".formatted(stack.name()),
          "add --yes");
    }
    String typed =
        context
            .prompt()
            .line(
                "This deletes the stack %s with the host and its dump. Type the migration's name, %s, to go on"
                    .formatted(stack.name(), plan.name()));
    if (!typed.strip().equals(plan.name())) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "deleting the stack %s: not confirmed, nothing was deleted".formatted(stack.name()));
    }
  }

  private void requireNoRun(DeployedStack stack) {
    String instanceId = stack.outputs().get(StackOutput.INSTANCE_ID.key());
    if (instanceId == null || !site.readiness().online(instanceId)) {
      return;
    }
    HostPoll poll = new HostRun(site.shell(stack)).poll(Long.MAX_VALUE / 2);
    if (poll.active()) {
      throw new MigrationException(
          ErrorCode.RUN_ACTIVE,
          "deleting the stack %s: a run is active on its host".formatted(stack.name()),
          "tsferry follow" + planOption,
          "tsferry cancel" + planOption,
          "--force deletes all the same");
    }
  }

  private Optional<DeployedStack> await(Predicate<Optional<DeployedStack>> settled) {
    Instant deadline = context.pacer().now().plus(DELETING);
    Optional<DeployedStack> stack = site.stack().find();
    while (!settled.test(stack)) {
      if (context.pacer().now().isAfter(deadline)) {
        throw new MigrationException(
            ErrorCode.TIMED_OUT,
            "deleting the stack: it is still there after %d minutes, %s"
                .formatted(DELETING.toMinutes(), stack.map(DeployedStack::status).orElse("gone")),
            "tsferry down" + planOption);
      }
      context.pacer().pause(Duration.ofSeconds(3));
      stack = site.stack().find();
    }
    return stack;
  }

  /**
   * Looks for leftovers and prints them.
   *
   * @param patiently whether to look again for a while, since AWS has just been deleting
   * @return the exit code
   */
  int check(boolean patiently) {
    MigrationPlan plan = site.plan();
    Instant deadline = context.pacer().now().plus(patiently ? LISTING : Duration.ZERO);
    SearchResult result = search(plan);
    while (!result.found().isEmpty() && context.pacer().now().isBefore(deadline)) {
      context.pacer().pause(Duration.ofSeconds(5));
      result = search(plan);
    }
    if (!result.found().isEmpty()) {
      throw left(plan, result);
    }
    if (!result.unseen().isEmpty()) {
      throw unseen(plan, result);
    }
    out.printf("nothing of %s is left in account %s%n", plan.name(), plan.account());
    return ExitCode.DONE.code();
  }

  private MigrationException left(MigrationPlan plan, SearchResult result) {
    out.printf("left in account %s, region %s:%n", plan.account(), plan.region());
    for (Leftover leftover : result.found()) {
      out.printf("  %-20s %s (%s)%n", leftover.kind(), leftover.id(), leftover.detail());
    }
    print(result.unseen());
    return new MigrationException(
        ErrorCode.LEFTOVERS_FOUND,
        "looking for leftovers of %s: %d found, see above"
            .formatted(plan.name(), result.found().size()),
        "tsferry down" + planOption,
        "delete by hand what stays");
  }

  private MigrationException unseen(MigrationPlan plan, SearchResult result) {
    out.printf(
        "nothing of %s was found in account %s where it could be looked%n",
        plan.name(), plan.account());
    print(result.unseen());
    return new MigrationException(
        ErrorCode.AWS_DENIED,
        "looking for leftovers of %s: %d kinds of things could not be looked at, see above"
            .formatted(plan.name(), result.unseen().size()),
        "docs/iam/operator.json has every action that this takes");
  }

  private void print(List<String> unseen) {
    if (!unseen.isEmpty()) {
      out.println("not looked at:");
      unseen.forEach(line -> out.println("  " + line));
    }
    out.flush();
  }

  private SearchResult search(MigrationPlan plan) {
    return site.account().leftovers().search(plan.name(), plan.source().securityGroupId());
  }
}
