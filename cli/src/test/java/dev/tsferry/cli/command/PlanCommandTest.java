package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.TlsMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory);
  }

  private Outcome plan(String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "plan", "--rds", "orders-db", "--target-host", "t.test", "--target-port", "31000"));
    arguments.addAll(List.of(more));
    return tsferry.run(arguments.toArray(String[]::new));
  }

  @Test
  void plan_writesPlanAndShowsIt() {
    Outcome outcome = plan("--hypertable", "public.metrics:time:7 days");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("account     123456789012, region eu-west-1")
        .contains("PostgreSQL 15.18 in eu-west-1a, about 12 GiB, password kept by RDS")
        .contains("hypertables public.metrics by time, chunks of 7 days")
        .contains("creates     stack tsferry-orders-db with")
        .contains("changes     security group sg-00000001: one rule more, port 5432 from the host")
        .contains("next: tsferry up --plan " + tsferry.plan());
    MigrationPlan plan = PlanFile.read(tsferry.plan());
    assertThat(plan.source().sizeBytes()).isEqualTo(12L << 30);
    assertThat(plan.source().address().tls().mode()).isEqualTo(TlsMode.VERIFY_FULL);
    assertThat(plan.host().subnetId()).isEqualTo("subnet-00000b00");
    assertThat(plan.host().publicAddress()).isFalse();
    assertThat(plan.host().dataVolume().sizeGib()).isEqualTo(25);
    assertThat(plan.pipeline().clientMajor()).isEqualTo(15);
  }

  @Test
  void plan_again_isTheSameToTheByteAndNoConflict() throws IOException {
    plan();
    String first = Files.readString(tsferry.plan());
    Outcome outcome = plan();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("is already this plan");
    assertThat(Files.readString(tsferry.plan())).isEqualTo(first);
  }

  @Test
  void plan_overDifferentPlan_isRefusedUnlessForced() throws IOException {
    plan();
    String first = Files.readString(tsferry.plan());
    Outcome refused = plan("--target-user", "other");

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .isEqualTo(
            """
            error: writing the plan %s: a different one is there
            hint: add --force to replace it, or --plan FILE to write another
            """
                .formatted(tsferry.plan()));
    assertThat(Files.readString(tsferry.plan())).isEqualTo(first);
    assertThat(plan("--target-user", "other", "--force").exitCode()).isZero();
    assertThat(PlanFile.read(tsferry.plan()).target().user()).isEqualTo("other");
  }

  @Test
  void plan_dryRun_writesNothing() {
    Outcome outcome = plan("--dry-run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).endsWith("nothing written (--dry-run)\n");
    assertThat(tsferry.plan()).doesNotExist();
  }

  @Test
  void plan_withoutWhatItNeeds_namesAllThatIsMissing() {
    Outcome outcome = tsferry.run("plan");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "error: planning: missing --rds IDENTIFIER, --target-host HOST, --target-port PORT\n");
  }

  @Test
  void plan_unknownInstance_exitsWithAwsAccess() {
    Outcome outcome =
        tsferry.run("plan", "--rds", "nope", "--target-host", "t", "--target-port", "1");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: looking up the DB instance nope: account 123456789012 has none of that name in eu-west-1
            hint: aws rds describe-db-instances --region eu-west-1 --query 'DBInstances[].DBInstanceIdentifier'
            """);
  }

  @Test
  void plan_withPrivateKeyAsAuthority_isRefused() throws IOException {
    Path key = directory.resolve("key.pem");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nsecretsecret\n");
    Outcome outcome = plan("--source-ca", key.toString());

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "error: --source-ca %s: it holds a private key, which must not go into a plan\n"
                .formatted(key));
  }

  @Test
  void plan_withAuthorityThatIsNotAsked_isRefused() {
    Outcome outcome = plan("--target-ca", "system");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: --target-ca is given, but --target-tls require verifies nothing
            hint: add --target-tls verify-full
            """);
  }

  @Test
  void plan_withVerifyFull_trustsTheSystemsAuthorities() {
    plan("--target-tls", "verify-full");

    assertThat(PlanFile.read(tsferry.plan()).target().tls().ca()).isEqualTo("system");
  }

  @Test
  void plan_withPasswordOutsideOfRds_warns() {
    tsferry.account.instances.put(
        "orders-db",
        Databases.of("postgres", "available", null, List.of("sg-00000001"), "orders", null));
    Outcome outcome = plan();

    assertThat(outcome.out())
        .contains("the secret tsferry/orders-db/source")
        .contains("warning: RDS does not manage the source's password");
  }
}
