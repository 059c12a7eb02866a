package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.cli.teardown.Leftover;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownCommandTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
    tsferry.account.deployed();
    tsferry.account.commands.answer("poll.sh", PollAnswer.inactive().text());
    tsferry.onCdk = () -> tsferry.account.stack = Optional.empty();
  }

  @Test
  void down_confirmed_emptiesTheBucketDestroysAndLooks() {
    tsferry.account.objects.put("runner.jar", tsferry.plan());
    Outcome outcome = tsferry.run("down", "--yes");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("nothing of orders-db is left in account 123456789012\n");
    assertThat(tsferry.cdk).containsExactly("destroy --force --context plan=" + tsferry.plan());
    assertThat(tsferry.account.objects).isEmpty();
  }

  @Test
  void down_offTerminalWithoutYes_isRefusedAndDoesNothing() {
    Outcome outcome = tsferry.run("down");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .endsWith(
            """
            error: deleting the stack tsferry-orders-db: nobody is there to ask
            hint: add --yes
            """);
    assertThat(tsferry.cdk).isEmpty();
  }

  @Test
  void down_onTerminal_wantsTheName() {
    tsferry.prompt.interactive = true;
    tsferry.prompt.answer = "yes";
    Outcome refused = tsferry.run("down");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).endsWith("not confirmed, nothing was deleted\n");
    assertThat(tsferry.cdk).isEmpty();

    tsferry.prompt.answer = "orders-db";
    assertThat(tsferry.run("down").exitCode()).isZero();
  }

  @Test
  void down_activeRun_isRefusedUnlessForced() {
    CommandRunner other = new CommandRunner(directory).planned();
    other.account.deployed();
    other.account.commands.answer("poll.sh", PollAnswer.active().text());
    other.onCdk = () -> other.account.stack = Optional.empty();

    Outcome refused = other.run("down", "--yes");
    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .contains("error: deleting the stack tsferry-orders-db: a run is active on its host\n");
    assertThat(other.cdk).isEmpty();

    assertThat(other.run("down", "--yes", "--force").exitCode()).isZero();
  }

  @Test
  void down_stackGoneAlready_looksAllTheSame() {
    tsferry.account.stack = Optional.empty();
    Outcome outcome = tsferry.run("down");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("the stack is gone already\n");
    assertThat(tsferry.cdk).isEmpty();
  }

  @Test
  void down_leftovers_areListedAndFail() {
    tsferry.account.leftovers.add(List.of(new Leftover("volume", "vol-1", "available")));
    Outcome outcome = tsferry.run("down", "--yes");

    assertThat(outcome.exitCode()).isEqualTo(9);
    assertThat(outcome.out())
        .isEqualTo(
            """
            left in account 123456789012, region eu-west-1:
              volume               vol-1 (available)
            """);
    assertThat(outcome.err())
        .contains("error: looking for leftovers of orders-db: 1 found, see above\n");
  }

  @Test
  void down_thingsThatAwsListsForAWhile_areNoLeftovers() {
    tsferry.account.leftovers.add(List.of(new Leftover("volume", "vol-1", "deleting")));
    tsferry.account.leftovers.add(List.of());

    assertThat(tsferry.run("down", "--yes").exitCode()).isZero();
  }

  @Test
  void downCheck_deletesNothing() {
    tsferry.account.leftovers.add(List.of(new Leftover("stack", "tsferry-orders-db", "there")));
    Outcome outcome = tsferry.run("down", "--check");

    assertThat(outcome.exitCode()).isEqualTo(9);
    assertThat(tsferry.cdk).isEmpty();
    assertThat(tsferry.pacer.pauses()).isEmpty();
  }

  @Test
  void down_cdkFails_keepsThePushBucketEmptyAndSaysSo() {
    tsferry.cdkExitCode = 1;
    tsferry.onCdk = () -> {};
    Outcome outcome = tsferry.run("down", "--yes");

    assertThat(outcome.exitCode()).isEqualTo(8);
    assertThat(outcome.err()).contains("error: deleting the stack tsferry-orders-db: cdk ended");
  }

  @Test
  void down_whatMayNotBeLookedAt_isNamed_withItsOwnExitCode() {
    tsferry.account.unseen.add("snapshots: AWS denied ec2:DescribeSnapshots");
    Outcome nothing = tsferry.run("down", "--yes");

    assertThat(nothing.exitCode()).isEqualTo(4);
    assertThat(nothing.out())
        .isEqualTo(
            """
            nothing of orders-db was found in account 123456789012 where it could be looked
            not looked at:
              snapshots: AWS denied ec2:DescribeSnapshots
            """);

    tsferry.account.leftovers.add(List.of(new Leftover("volume", "vol-1", "available")));
    Outcome found = tsferry.run("down", "--check");
    assertThat(found.exitCode()).isEqualTo(9);
    assertThat(found.out()).contains("vol-1").contains("AWS denied ec2:DescribeSnapshots");
  }

  @Test
  void down_halfMadeStack_isDeletedWithItsBucketEmptied() {
    tsferry.account.objects.put("runner.jar", tsferry.plan());
    tsferry.account.stack =
        Optional.of(new DeployedStack("tsferry-orders-db", "ROLLBACK_FAILED", Map.of()));

    assertThat(tsferry.run("down", "--yes").exitCode()).isZero();
    assertThat(tsferry.account.objects).isEmpty();
    assertThat(tsferry.cdk).hasSize(1);
  }

  @Test
  void down_stackThatIsBeingDeleted_isAwaitedAndNotDeletedTwice() {
    tsferry.account.stack =
        Optional.of(new DeployedStack("tsferry-orders-db", "DELETE_IN_PROGRESS", Map.of()));
    tsferry.pacer.onPause(() -> tsferry.account.stack = Optional.empty());
    Outcome outcome = tsferry.run("down", "--yes");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("waiting for CloudFormation: the stack is DELETE_IN_PROGRESS\n");
    assertThat(tsferry.cdk).isEmpty();
  }

  @Test
  void downBucketOnly_emptiesTheBucketAndDeletesNothing() {
    tsferry.account.objects.put("runner.jar", tsferry.plan());

    assertThat(tsferry.run("down", "--bucket-only").exitCode()).isZero();
    assertThat(tsferry.account.objects).isEmpty();
    assertThat(tsferry.cdk).isEmpty();
  }
}
