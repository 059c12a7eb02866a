package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.plan.PlanFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** up, secret set, status, follow and cancel. */
class SiteCommandsTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
  }

  @Test
  void up_deploysWaitsAndPrepares() {
    tsferry.onCdk = tsferry.account::deployed;
    tsferry.account.commands.answer("prepare-start.sh", "prepared\n");

    Outcome outcome = tsferry.run("up");

    assertThat(outcome.exitCode()).isZero();
    assertThat(tsferry.cdk)
        .containsExactly(
            "deploy --context plan=%s --require-approval never --progress events"
                .formatted(tsferry.plan()));
    assertThat(outcome.err()).contains("cdk says hello\n");
    assertThat(outcome.out())
        .isEqualTo(
            """
            stack tsferry-orders-db is up, host i-0abc is ready
            next: tsferry secret set target --plan %s
            """
                .formatted(tsferry.plan()));
  }

  @Test
  void up_cdkFails_exitsWithToolFailed() {
    tsferry.cdkExitCode = 1;
    Outcome outcome = tsferry.run("up");

    assertThat(outcome.exitCode()).isEqualTo(8);
    assertThat(outcome.err())
        .contains(
            "error: deploying the stack tsferry-orders-db: cdk ended with exit code 1, see above\n");
  }

  @Test
  void up_hostThatNeverRegisters_endsWithinTheDeadline() {
    tsferry.onCdk = tsferry.account::deployed;
    tsferry.account.agent = Optional.empty();
    Outcome outcome = tsferry.run("up");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err())
        .contains("waiting for the host i-0abc to register\n")
        .contains("its agent did not register with Systems Manager in 10 minutes\n");
  }

  @Test
  void up_terminatedHost_isNotWaitedFor() {
    tsferry.onCdk = tsferry.account::deployed;
    tsferry.account.agent = Optional.empty();
    tsferry.account.instanceState = Optional.of("terminated");

    assertThat(tsferry.run("up").err())
        .contains("error: reaching the host i-0abc: the instance is terminated\n");
    assertThat(tsferry.pacer.pauses()).isEmpty();
  }

  @Test
  void secretSet_target_storesWhatWasTyped() {
    tsferry.account.deployed();
    tsferry.prompt.answer = "s3cret";

    Outcome outcome = tsferry.run("secret", "set", "target");

    assertThat(outcome.exitCode()).isZero();
    assertThat(tsferry.account.secrets).containsEntry("arn:target", "tsdbadmin/s3cret");
    assertThat(tsferry.prompt.questions()).containsExactly("password of tsdbadmin at t.test");
    assertThat(outcome.out() + outcome.err()).doesNotContain("s3cret");
  }

  @Test
  void secretSet_emptyPassword_isRefused() {
    tsferry.account.deployed();
    Outcome outcome = tsferry.run("secret", "set", "target");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).endsWith("error: setting the target's password: it is empty\n");
    assertThat(tsferry.account.secrets).isEmpty();
  }

  @Test
  void secretSet_sourceManagedByRds_isRefused() {
    Outcome outcome = tsferry.run("secret", "set", "source");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: setting the source's password: RDS manages it in %s, and tsferry never changes that one
            hint: nothing is to be done: the host reads it there
            """
                .formatted(Databases.SECRET));
  }

  @Test
  void secretSet_nobody_listsWho() {
    Outcome outcome = tsferry.run("secret", "set", "both");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("target, source");
  }

  @Test
  void status_noStack_saysUp() {
    Outcome outcome = tsferry.run("status");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            migration   orders-db
            stack       tsferry-orders-db: not there
            run         none was started
            next: tsferry up --plan %s
            """
                .formatted(tsferry.plan()));
  }

  @Test
  void status_runningRun_showsStepsAndProgress() {
    tsferry.account.deployed();
    tsferry.account.commands.answer(
        "poll.sh",
        PollAnswer.active()
            .step(1, "data")
            .state(
                1,
                "RUNNING",
                1,
                ",\"progress\":{\"step\":\"data\",\"what\":\"public.metrics\",\"done\":536870912,\"total\":2147483648,\"unit\":\"byte\"}")
            .text());

    Outcome outcome = tsferry.run("status");

    assertThat(outcome.out())
        .isEqualTo(
            """
            migration   orders-db
            stack       tsferry-orders-db: CREATE_COMPLETE
            host        i-0abc: running, agent Online
            run         active
            attempt     1, started 2026-11-20T09:00:00Z
              preflight    done            1.9 s  42 tables
              data         running     1 min 0 s
            now         data         25 %% (512 MiB of 2.0 GiB) public.metrics, about 3 min 0 s left
            last word   2.0 s ago
            last events
            10:00:01 data         t
            next: tsferry follow --plan %s
            """
                .formatted(tsferry.plan()));
  }

  @Test
  void status_deadRun_saysSoAndHowToGoOn() {
    tsferry.account.deployed();
    tsferry.account.commands.answer(
        "poll.sh", PollAnswer.inactive().state(1, "RUNNING", 0, "").text());

    assertThat(tsferry.run("status").out())
        .contains("run         died: its state says running and its unit is gone")
        .endsWith("next: tsferry run --plan %s\n".formatted(tsferry.plan()));
  }

  @Test
  void status_failedRun_saysWhy() {
    tsferry.account.deployed();
    tsferry.account.commands.answer(
        "poll.sh",
        PollAnswer.inactive()
            .state(
                1,
                "FAILED",
                0,
                ",\"exitCode\":6,\"failure\":{\"code\":\"SOURCE_UNREACHABLE\",\"message\":\"no route\",\"hints\":[]}")
            .text());

    assertThat(tsferry.run("status").out()).contains("run         failed, exit code 6: no route\n");
  }

  @Test
  void status_json_isOneDocument() throws Exception {
    tsferry.account.deployed();
    tsferry.account.commands.answer(
        "poll.sh", PollAnswer.active().state(2, "RUNNING", 0, "").text());

    JsonNode document = new ObjectMapper().readTree(tsferry.run("status", "--json").out());
    assertThat(document.path("version").asInt()).isEqualTo(1);
    assertThat(document.path("run").asText()).isEqualTo("running");
    assertThat(document.path("state").path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  void status_hostNotOnline_isStillAnswered() {
    tsferry.account.deployed();
    tsferry.account.agent = Optional.of("ConnectionLost");

    assertThat(tsferry.run("status").out())
        .contains("host        i-0abc: running, agent ConnectionLost\n")
        .contains("run         unknown, the host cannot be asked\n");
  }

  @Test
  void follow_noRun_saysSo() {
    tsferry.account.deployed();
    tsferry.account.commands.answer("poll.sh", PollAnswer.inactive().text());
    Outcome outcome = tsferry.run("follow");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .contains("error: looking for the run: none was started on the host\n");
  }

  @Test
  void cancel_activeRun_isAskedToEnd() {
    tsferry.account.deployed();
    tsferry.account.commands.answer("cancel.sh", "stopping\n");

    Outcome outcome = tsferry.run("cancel");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("the run was asked to end");
  }

  @Test
  void cancel_noRun_isAConflict() {
    tsferry.account.deployed();
    tsferry.account.commands.answer("cancel.sh", "inactive\n");

    assertThat(tsferry.run("cancel").exitCode()).isEqualTo(10);
  }

  @Test
  void pause_activeRunThatStreams_holds_andResumeLetsItGoOn() {
    tsferry.planned("--data-mode=stream", "--force").account.deployed();
    tsferry.account.commands.answer("pause.sh", "done\n");

    assertThat(tsferry.run("pause").out()).isEqualTo("the run holds within a second\n");
    assertThat(tsferry.account.commands.scripts()).last().asString().contains("PAUSED='yes'");
    assertThat(tsferry.run("resume").out()).isEqualTo("the run goes on\n");
    assertThat(tsferry.account.commands.scripts()).last().asString().contains("PAUSED='no'");
  }

  @Test
  void pause_runByFiles_orNone_isAConflict() {
    tsferry.planned("--data-mode=dump", "--force").account.deployed();
    Outcome files = tsferry.run("pause");
    assertThat(files.exitCode()).isEqualTo(10);
    assertThat(files.err()).contains("only data mode stream can be held", "tsferry cancel --plan");

    tsferry.planned("--data-mode=stream", "--force");
    tsferry.account.commands.answer("pause.sh", "inactive\n");
    assertThat(tsferry.run("pause").exitCode()).isEqualTo(10);
    assertThat(tsferry.run("resume").exitCode()).isEqualTo(10);
  }

  @Test
  void pause_onThisMachine_withoutARun_isAConflict() {
    Outcome outcome = tsferry.runPlainly("pause", "--state=" + directory.resolve("nowhere"));

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err()).contains("there is no such directory");
  }

  @Test
  void fingerprint_changesWithTheClient_notWithTheTarget() {
    String first = HostPreparation.fingerprint(PlanFile.read(tsferry.plan()));
    tsferry.planned("--target-user=other", "--force");
    assertThat(HostPreparation.fingerprint(PlanFile.read(tsferry.plan()))).isEqualTo(first);

    Databases upgraded = new Databases();
    upgraded.engineVersion = "16.1";
    tsferry.account.rds.put(upgraded);
    tsferry.planned("--force");
    assertThat(HostPreparation.fingerprint(PlanFile.read(tsferry.plan()))).isNotEqualTo(first);
  }
}
