package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host ends itself in the end; whoever asks is told when, and what is left then. */
class TimeToLiveTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
    tsferry.account.deployed();
  }

  @Test
  void status_saysWhenTheHostEndsItself() {
    tsferry.account.commands.answer("poll.sh", PollAnswer.inactive().expiresIn(50 * 3600).text());

    assertThat(tsferry.run("status").out())
        .containsPattern(
            "expires     2026-11-22 \\d\\d:00 UTC, in .*: then the host ends itself with its disks")
        .doesNotContain("soon");
    assertThat(tsferry.run("status", "--json").out()).contains("\"expires\" : \"2026-11-22T");
  }

  @Test
  void status_lessThanADayAhead_saysThatItIsSoon() {
    tsferry.account.commands.answer("poll.sh", PollAnswer.inactive().expiresIn(3600).text());

    assertThat(tsferry.run("status").out()).contains(", which is soon: ");
  }

  @Test
  void status_ofAHostThatHasEnded_namesWhatRemains() {
    tsferry.account.agent = Optional.empty();
    tsferry.account.instanceState = Optional.of("terminated");

    assertThat(tsferry.run("status").out())
        .contains(
            "remains     the stack with its secrets, its bucket, its role and the rule on the");
  }

  @Test
  void extend_movesTheMoment() {
    tsferry.account.commands.answer("extend.sh", "1795600000\n");
    Outcome outcome = tsferry.run("extend", "48");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("the host i-0abc lives until 2026-11-25T09:46:40Z\n");
    assertThat(tsferry.account.commands.scripts().get(0)).contains("HOURS='48'");
  }

  @Test
  void extend_byNothingOrForEver_isRefused() {
    assertThat(tsferry.run("extend", "0").exitCode()).isEqualTo(2);
    assertThat(tsferry.run("extend", "721").exitCode()).isEqualTo(2);
    assertThat(tsferry.account.commands.names()).isEmpty();
  }

  @Test
  void up_whileARunIsActive_leavesTheStackAsItIs() {
    tsferry.account.commands.answer("poll.sh", PollAnswer.active().text());
    Outcome outcome = tsferry.run("up");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("a run is active on the host: its stack is left as it is\n");
    assertThat(tsferry.cdk).isEmpty();
  }
}
