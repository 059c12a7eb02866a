package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.cli.host.RemoteCommands.Invocation;
import dev.tsferry.plan.PlanFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run asks before it is started, and when it is not. */
class RunRefusedTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
    tsferry.account.deployed();
    tsferry.account.secrets.put("arn:target", "set");
  }

  private String idle() {
    String prepared = HostPreparation.fingerprint(PlanFile.read(tsferry.plan()));
    return PollAnswer.inactive().prepared(prepared).text();
  }

  @Test
  void run_withoutPassword_saysHowToSetIt() {
    tsferry.account.secrets.clear();
    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .endsWith(
            """
            error: starting the run: the target's password is not set
            hint: tsferry secret set target --plan %s
            """
                .formatted(tsferry.plan()));
    assertThat(tsferry.account.commands.names()).isEmpty();
  }

  @Test
  void run_personWhoDoesNotConfirmTheDowntime_startsNothing() {
    tsferry.prompt.interactive = true;
    tsferry.prompt.answer = "";
    tsferry.account.commands.answer("poll.sh", idle());

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("the downtime was not confirmed, nothing was done");
    assertThat(tsferry.prompt.questions()).singleElement().asString().contains("stopped");
    assertThat(tsferry.account.commands.names()).containsExactly("poll.sh");
  }

  @Test
  void run_personWhoConfirmsTheDowntime_orSaidYesBefore_orRehearses_starts() {
    tsferry.prompt.interactive = true;
    tsferry.prompt.answer = "y";
    tsferry
        .account
        .commands
        .answer("poll.sh", idle(), idle(), idle())
        .answer("push.sh", "started\n", "started\n", "started\n");

    assertThat(tsferry.run("run", "--detach").exitCode()).isZero();
    assertThat(tsferry.prompt.questions()).hasSize(1);
    assertThat(tsferry.run("run", "--detach", "--yes").exitCode()).isZero();
    assertThat(tsferry.run("run", "--detach", "--rehearsal").exitCode()).isZero();
    assertThat(tsferry.prompt.questions()).hasSize(1);
  }

  @Test
  void run_failedPush_leavesNothingInTheBucket() {
    tsferry
        .account
        .commands
        .answer("poll.sh", idle())
        .result("push.sh", new Invocation("Failed", 22, "", "curl: (22) 403"));

    assertThat(tsferry.run("run").exitCode()).isEqualTo(5);
    assertThat(tsferry.account.uploads).isEqualTo(2);
    assertThat(tsferry.account.objects).isEmpty();
  }

  @Test
  void run_noStack_saysUp() {
    tsferry.account.stack = Optional.empty();
    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err())
        .endsWith(
            """
            error: looking up the stack tsferry-orders-db: account 123456789012 has none in eu-west-1
            hint: tsferry up
            """);
  }

  @Test
  void run_otherAccount_isRefused() {
    tsferry.account.account = "999999999999";
    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .startsWith(
            "error: opening the account of the plan: it is for account 123456789012, the credentials belong to 999999999999\n");
  }

  @Test
  void run_missingPlan_saysHowToMakeOne() {
    Outcome outcome = tsferry.runPlainly("run", "--plan", directory.resolve("no.json").toString());

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).startsWith("error: reading the plan: there is no file ");
  }

  @Test
  void run_local_withoutVariables_saysAllThatIsWrong() {
    Outcome outcome = tsferry.runPlainly("run", "--local");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(
            """
            error: reading $SOURCE and $TARGET: 2 problems
              $SOURCE is not set
              $TARGET is not set
            """);
  }

  @Test
  void run_localOptionWithoutLocal_isRefused() {
    Outcome outcome = tsferry.run("run", "--no-roles");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--local");
  }

  @Test
  void run_quietAndFailing_stillSaysWhy() {
    tsferry.account.secrets.clear();

    Outcome outcome = tsferry.run("run", "-q");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err()).startsWith("error: ");
  }
}
