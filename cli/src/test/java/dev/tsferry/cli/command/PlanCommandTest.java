package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.discovery.source.DatabaseTraits;
import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.VerifyLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
        .contains("migration   orders-db, account 123456789012, eu-west-1")
        .contains("source      RDS orders-db, PostgreSQL 15.18, eu-west-1a, 12 GiB in use")
        .contains("password kept by RDS in Secrets Manager")
        .contains("hypertables public.metrics by time, chunks of 7 days")
        .contains("creates     stack tsferry-orders-db with")
        .contains("changes     security group sg-00000001 of orders-db: one rule more, port 5432")
        .contains("takes       about 10 min for the host, then 5 to 75 min in which nothing")
        .contains("costs       about $0.12 an hour, $2.09 in all for 3 h")
        .contains("why         security group")
        .contains("next: tsferry up --plan " + tsferry.plan());
    MigrationPlan plan = PlanFile.read(tsferry.plan());
    assertThat(plan.source().sizeBytes()).isEqualTo(12L << 30);
    assertThat(plan.source().address().tls().mode()).isEqualTo(TlsMode.VERIFY_FULL);
    assertThat(plan.host().subnetId()).isEqualTo("subnet-00000b00");
    assertThat(plan.host().publicAddress()).isFalse();
    assertThat(plan.host().dataVolume()).as("no row is written to a file").isNull();
    assertThat(plan.pipeline().dataMode()).isEqualTo(DataMode.STREAM);
    assertThat(plan.pipeline().verify()).isEqualTo(VerifyLevel.FULL);
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
            hint: add --update to see the difference and bring it up to date, --force to replace it, or --plan FILE to write another
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
            "error: planning: missing --rds NAME (or --source HOST:PORT/DATABASE), --target-host HOST, --target-port PORT\n");
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
            error: looking up the database nope: account 123456789012 has none of that name in eu-west-1; it has
              orders-db (DB instance, postgres)
            hint: name another with --rds, or choose another --region or AWS_PROFILE
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
  void plan_whatIsCarriedAndHow_isInThePlan() {
    CommandRunner tsferry =
        new CommandRunner(directory)
            .planned(
                "--data-mode=dump",
                "--no-roles",
                "--skip-extension=earthdistance",
                "--skip-extension=pageinspect",
                "--acknowledge-size",
                "--verify=estimates",
                "--jobs=4",
                "--lock-wait=300");

    Pipeline pipeline = PlanFile.read(tsferry.plan()).pipeline();
    assertThat(pipeline.roles()).isFalse();
    assertThat(pipeline.skipExtensions()).containsExactly("earthdistance", "pageinspect");
    assertThat(pipeline.acknowledgeSize()).isTrue();
    assertThat(pipeline.verify()).isEqualTo(VerifyLevel.ESTIMATES);
    assertThat(pipeline.transfer()).isEqualTo(new Transfer(4, 300));
    assertThat(tsferry.run("plan", "--jobs=65").exitCode()).isEqualTo(2);
  }

  @Test
  void plan_withSeveralNumbersThatMakeNoSense_saysAll() {
    Outcome outcome =
        new CommandRunner(directory)
            .planned("--data-mode=dump")
            .run(
                "plan",
                "--data-mode=dump",
                "--jobs=0",
                "--max-rate=5",
                "--max-snapshot-age=9",
                "--verify=full",
                "--lock-wait=0");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("--jobs is 0, not 1 to")
        .contains("--max-rate needs --data-mode stream")
        .contains("--max-snapshot-age needs --data-mode stream")
        .contains("--verify full needs --data-mode stream")
        .contains("--lock-wait is 0, less than a second");
  }

  @Test
  void plan_withPasswordOutsideOfRds_warns() {
    Databases unmanaged = new Databases();
    unmanaged.secret = null;
    tsferry.account.rds.put(unmanaged);
    Outcome outcome = plan();

    assertThat(outcome.out())
        .contains("tsferry/orders-db/source")
        .contains("warning: AWS does not manage the password of postgres");
  }

  @Test
  void plan_withManyWarnings_fitsOneScreen() {
    Databases busy = new Databases();
    busy.groups = List.of("sg-00000001");
    busy.secret = null;
    busy.traits =
        new DatabaseTraits(
            true,
            "eu-west-1b",
            true,
            true,
            "default.postgres15",
            false,
            "rds-ca-rsa2048-g1",
            null,
            List.of("EngineVersion"));
    tsferry.account.rds.put(busy);
    tsferry.account.rds.parameters.put("rds.force_ssl", "1");
    tsferry.account.rds.parameters.put("rds.logical_replication", "0");

    Outcome outcome = plan("--dry-run");

    assertThat(outcome.out().lines().toList())
        .hasSizeLessThanOrEqualTo(46)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(plan("--dry-run").out().lines().takeWhile(line -> !line.startsWith("warning")))
        .hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void plan_json_isOneDocumentWithReasonsAndEstimates() throws IOException {
    Outcome outcome = plan("--json");

    JsonNode document = new ObjectMapper().readTree(outcome.out());
    assertThat(document.get("plan").get("name").textValue()).isEqualTo("orders-db");
    assertThat(document.get("decisions").get(0).get("why").textValue()).isNotBlank();
    assertThat(document.get("minutes").get("runAtMost").intValue()).isEqualTo(72);
    assertThat(document.get("dollars").get("hourly").doubleValue()).isEqualTo(0.12);
    assertThat(outcome.err()).contains("wrote " + tsferry.plan());
  }

  @Test
  void plan_ambiguityOnATerminal_isANumberedQuestion() {
    Databases database = new Databases();
    database.groups = List.of("sg-00000001", "sg-00000002");
    tsferry.account.rds.put(database);
    tsferry.prompt.interactive = true;
    tsferry.prompt.answers.addAll(List.of("9", "2"));

    plan();

    assertThat(tsferry.prompt.shown())
        .containsExactly(
            "choosing the security group: none of the 2 of orders-db has a rule for port 5432 yet, and the rule goes to one",
            "  1) sg-00000001 (name-of-sg-00000001)",
            "  2) sg-00000002 (name-of-sg-00000002)",
            "one of 1 to 2");
    assertThat(PlanFile.read(tsferry.plan()).source().securityGroupId()).isEqualTo("sg-00000002");
  }

  @Test
  void planUpdate_nothingNew_saysSo() throws IOException {
    plan();
    String first = Files.readString(tsferry.plan());

    Outcome outcome = tsferry.run("plan", "--update");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).endsWith(tsferry.plan() + " is up to date\n");
    assertThat(Files.readString(tsferry.plan())).isEqualTo(first);
  }

  @Test
  void planUpdate_keepsWhatWasEditedAndTakesWhatAwsSays() throws IOException {
    plan("--hypertable", "public.metrics:time", "--data-mode=dump");
    String edited =
        Files.readString(tsferry.plan())
            .replace("\"m7i.large\"", "\"m7i.4xlarge\"")
            .replace("\"roles\" : true", "\"roles\" : false");
    Files.writeString(tsferry.plan(), edited);
    tsferry.account.image = Optional.of("ami-0abc5678");
    tsferry.account.rds.freeBytes = OptionalLong.of(1L << 30);

    Outcome refused = tsferry.run("plan", "--update");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("nobody is there to ask").contains("hint: add --yes");
    assertThat(Files.readString(tsferry.plan())).isEqualTo(edited);

    Outcome outcome = tsferry.run("plan", "--update", "--yes");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("  $.host.amiId: ami-0abc1234 -> ami-0abc5678 (changes the stack)")
        .contains("  $.source.sizeBytes: 12884901888 -> 20401094656")
        .contains("  kept  $.host.instanceType: m7i.4xlarge (discovery would say m7i.large)")
        .contains("wrote " + tsferry.plan());
    MigrationPlan plan = PlanFile.read(tsferry.plan());
    assertThat(plan.host().instanceType()).isEqualTo("m7i.4xlarge");
    assertThat(plan.host().amiId()).isEqualTo("ami-0abc5678");
    assertThat(plan.host().dataVolume().sizeGib()).isEqualTo(33);
    assertThat(plan.pipeline().roles()).isFalse();
    assertThat(plan.pipeline().hypertables()).hasSize(1);
    assertThat(plan.target().host()).isEqualTo("t.test");
  }

  @Test
  void planUpdate_toAnotherDataMode_bringsAVolumeAndTakesItAway() {
    plan();
    tsferry.run("plan", "--update", "--yes", "--data-mode=dump");
    MigrationPlan dumps = PlanFile.read(tsferry.plan());
    assertThat(dumps.host().dataVolume().sizeGib()).isEqualTo(25);
    assertThat(dumps.pipeline().verify()).isEqualTo(VerifyLevel.COUNTS);

    tsferry.run("plan", "--update", "--yes", "--data-mode=stream");
    MigrationPlan streams = PlanFile.read(tsferry.plan());
    assertThat(streams.host().dataVolume()).isNull();
    assertThat(streams.pipeline().verify()).isEqualTo(VerifyLevel.FULL);
  }

  @Test
  void planUpdate_declined_writesNothing() throws IOException {
    plan();
    String first = Files.readString(tsferry.plan());
    tsferry.account.image = Optional.of("ami-0abc5678");
    tsferry.prompt.interactive = true;
    tsferry.prompt.answer = "n";

    assertThat(tsferry.run("plan", "--update").exitCode()).isEqualTo(2);
    assertThat(Files.readString(tsferry.plan())).isEqualTo(first);
    tsferry.prompt.answer = "y";
    assertThat(tsferry.run("plan", "--update").exitCode()).isZero();
    assertThat(Files.readString(tsferry.plan())).contains("ami-0abc5678");
  }

  @Test
  void plan_optionThatNoPlanMayHold_isRefusedAndNothingWritten() {
    Outcome outcome = plan("--time-to-live", "9999", "--kms-key", "alias/mine");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("reading the plan that these options make")
        .contains("$.host.timeToLiveHours")
        .contains("$.host.keys.secretsKmsKeyArn");
    assertThat(tsferry.plan()).doesNotExist();
  }
}
