package dev.tsferry.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.account.AwsAccounts;
import dev.tsferry.cli.discovery.AccountDirectory.Identity;
import dev.tsferry.cli.stack.CdkProgram;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.deployment.ResourceNames;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every check, each on its own: what fails does not keep the others from being made. Only reads.
 */
public final class Doctor {
  // AWS refuses what is signed five minutes off.
  private static final Duration SKEW_REFUSED = Duration.ofMinutes(5);
  private static final Duration SKEW_NOTED = Duration.ofSeconds(30);
  private static final int OLDEST_JAVA = 17;
  private static final String NOBODY = "tsferry-doctor";

  private final AwsAccounts accounts;
  private final CdkProgram cdk;
  private final Path runnerJar;
  private final Consumer<Diagnosis> told;
  private final List<Diagnosis> all = new ArrayList<>();

  /**
   * @param told is told of each finding as it is made
   */
  public Doctor(AwsAccounts accounts, CdkProgram cdk, Path runnerJar, Consumer<Diagnosis> told) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.cdk = requireNonNull(cdk, "cdk is null");
    this.runnerJar = requireNonNull(runnerJar, "runnerJar is null");
    this.told = requireNonNull(told, "told is null");
  }

  /**
   * Makes all checks.
   *
   * @param region that was asked for, else the plan's or the environment's
   */
  public List<Diagnosis> examine(Path planFile, Optional<String> region) {
    java();
    cdk();
    runner();
    Optional<MigrationPlan> plan = plan(planFile);
    account(plan, region.or(() -> plan.map(MigrationPlan::region)));
    return List.copyOf(all);
  }

  private void java() {
    int version = Runtime.version().feature();
    String text = "%s, %s".formatted(Runtime.version(), System.getProperty("java.vendor"));
    add(
        version < OLDEST_JAVA
            ? Diagnosis.error("java", ErrorCode.TOOL_UNSUITABLE, text, List.of("install JDK 17"))
            : Diagnosis.ok("java", text));
  }

  private void cdk() {
    List<String> lines = new ArrayList<>();
    check(
        "cdk",
        () -> {
          int code = cdk.run(List.of("--version"), Map.of(), lines::add);
          if (code != 0) {
            throw new MigrationException(
                ErrorCode.TOOL_FAILED,
                "running cdk: it ended with %d%s"
                    .formatted(code, lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1)),
                "install Node.js 18 or later");
          }
          return lines.isEmpty() ? "runs" : lines.get(lines.size() - 1);
        });
  }

  private void runner() {
    add(
        Files.isRegularFile(runnerJar)
            ? Diagnosis.ok("runner", runnerJar.toString())
            : Diagnosis.error(
                "runner",
                ErrorCode.TOOL_MISSING,
                "%s is not built".formatted(runnerJar),
                List.of("mvn -pl runner -am package")));
  }

  private Optional<MigrationPlan> plan(Path file) {
    if (!Files.exists(file)) {
      add(Diagnosis.ok("plan", "no file %s yet".formatted(file)));
      return Optional.empty();
    }
    try {
      MigrationPlan plan = PlanFile.read(file);
      add(
          Diagnosis.ok(
              "plan",
              "%s: %s, account %s, %s"
                  .formatted(file, plan.name(), plan.account(), plan.region())));
      return Optional.of(plan);
    } catch (MigrationException e) {
      add(Diagnosis.error("plan", e.code(), e.getMessage(), e.hints()));
      return Optional.empty();
    }
  }

  private void account(Optional<MigrationPlan> plan, Optional<String> region) {
    AwsAccount account;
    Identity identity;
    try {
      account = accounts.open(region);
      identity = account.identity().identity();
    } catch (MigrationException e) {
      add(Diagnosis.error("credentials", e.code(), e.getMessage(), e.hints()));
      return;
    }
    add(
        Diagnosis.ok(
            "credentials",
            "%s, account %s, region %s"
                .formatted(identity.caller(), identity.account(), identity.region())));
    clock(identity.clockAhead());
    plan.ifPresent(planned -> sameAccount(planned, identity));
    permissions(account, plan).forEach(this::check);
  }

  private void clock(Duration ahead) {
    String text =
        "%d s %s AWS's"
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    if (ahead.abs().compareTo(SKEW_REFUSED) >= 0) {
      add(
          Diagnosis.error(
              "clock",
              ErrorCode.AWS_FAILED,
              text + "; AWS refuses what is signed five minutes off",
              List.of("timedatectl set-ntp true")));
    } else if (ahead.abs().compareTo(SKEW_NOTED) >= 0) {
      add(Diagnosis.warning("clock", text, "timedatectl set-ntp true"));
    } else {
      add(Diagnosis.ok("clock", text));
    }
  }

  private void sameAccount(MigrationPlan plan, Identity identity) {
    if (!plan.account().equals(identity.account())) {
      add(
          Diagnosis.error(
              "plan's account",
              ErrorCode.STATE_MISMATCH,
              "the plan is for account %s, the credentials belong to %s"
                  .formatted(plan.account(), identity.account()),
              List.of("choose other credentials, for example with AWS_PROFILE")));
    }
  }

  /** One harmless reading call for each right that can be tried without a migration. */
  private static Map<String, Attempt> permissions(
      AwsAccount account, Optional<MigrationPlan> plan) {
    Map<String, Attempt> attempts = new LinkedHashMap<>();
    attempts.put("rds", () -> "%d databases".formatted(account.databases().list().size()));
    attempts.put(
        "cloudwatch",
        () -> {
          account.storage().freeBytes(NOBODY);
          return "answers";
        });
    attempts.put(
        "ec2",
        () -> {
          String vpc = plan.map(one -> one.source().vpcId()).orElse("vpc-00000000");
          account.network().routeTables(vpc);
          account.network().endpoints(vpc);
          return "%d subnets in %s".formatted(account.network().subnets(vpc).size(), vpc);
        });
    attempts.put(
        "ssm",
        () ->
            "newest Ubuntu 24.04 is "
                + account.images().ubuntu("24.04", "amd64").orElse("unknown"));
    attempts.put(
        "cloudformation",
        () -> {
          String stack = plan.map(one -> ResourceNames.stack(one.name())).orElse(NOBODY);
          return account
              .stacks()
              .find(stack)
              .map(found -> "stack %s is %s".formatted(stack, found.status()))
              .orElse("no stack %s".formatted(stack));
        });
    return attempts;
  }

  /** Something that may fail with words. */
  @FunctionalInterface
  private interface Attempt {
    String make();
  }

  private void check(String name, Attempt attempt) {
    try {
      add(Diagnosis.ok(name, attempt.make()));
    } catch (MigrationException e) {
      add(Diagnosis.error(name, e.code(), e.getMessage(), e.hints()));
    }
  }

  private void add(Diagnosis diagnosis) {
    all.add(diagnosis);
    told.accept(diagnosis);
  }
}
