package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.FakeNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network may have changed since the plan was made: "up" looks before it deploys. */
class SubnetCheckTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
    tsferry.onCdk = tsferry.account::deployed;
    tsferry.account.commands.answer("prepare-start.sh", "prepared\n");
  }

  @Test
  void up_subnetThatLostItsWayOut_isRefusedWithWhatIsMissing() {
    tsferry.account.network.routeTables.clear();
    tsferry.account.network.routeTables.add(
        FakeNetwork.table("rtb-main", true, java.util.List.of()));
    tsferry.account.network.endpoints("ssm", "s3");
    Outcome outcome = tsferry.run("up");

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.err())
        .contains("it has no route out (0.0.0.0/0), nor endpoints for ssmmessages, secretsmanager")
        .contains("hint: tsferry plan --update");
    assertThat(tsferry.cdk).as("nothing is deployed").isEmpty();
  }

  @Test
  void up_subnetAsPlanned_isDeployed() {
    assertThat(tsferry.run("up").exitCode()).isZero();
    assertThat(tsferry.cdk).hasSize(1);
  }
}
