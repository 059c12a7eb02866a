package dev.tsferry.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.cli.fake.FakePacer;
import dev.tsferry.cli.fake.FakeRemoteCommands;
import dev.tsferry.cli.host.RemoteCommands.Invocation;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostShellTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeRemoteCommands commands = new FakeRemoteCommands();
  private final FakePacer pacer = new FakePacer();
  private final HostShell shell =
      new HostShell(commands, pacer, new RemoteHost("i-0abc", "document"));

  private String cancel() {
    return shell.run("cancelling the run", HostScript.named("cancel.sh"), LIMIT);
  }

  @Test
  void run_forgetfulAndSlowService_isAskedUntilTheAnswerIsThere() {
    commands.slow(2, 3).answer("cancel.sh", "stopping\n");

    assertThat(cancel()).isEqualTo("stopping\n");
    assertThat(pacer.pauses())
        .hasSize(6)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5)));
  }

  @Test
  void run_throttledLook_isRepeated() {
    commands
        .failFirstLook(new MigrationException(ErrorCode.AWS_THROTTLED, "throttled"))
        .answer("cancel.sh", "stopping");

    assertThat(cancel()).isEqualTo("stopping");
  }

  @Test
  void run_failedScript_saysExitCodeAndItsLastWord() {
    commands.result("cancel.sh", new Invocation("Failed", 3, "", "one\nthe reason\n"));

    assertThatThrownBy(this::cancel)
        .hasMessage("cancelling the run on the host i-0abc: exit code 3: the reason")
        .extracting("code")
        .isEqualTo(ErrorCode.HOST_COMMAND_FAILED);
  }

  @Test
  void run_undelivered_saysThatTheHostDidNotGetIt() {
    commands.result("cancel.sh", new Invocation("Delivery Timed Out", -1, "", ""));

    assertThatThrownBy(this::cancel)
        .hasMessage(
            "cancelling the run on the host i-0abc: the command did not reach it (Delivery Timed Out)")
        .extracting("code")
        .isEqualTo(ErrorCode.HOST_NOT_ONLINE);
  }

  @Test
  void run_executionTimedOut_isAFailureOfTheCommand() {
    commands.result("cancel.sh", new Invocation("Execution Timed Out", -1, "", ""));

    assertThatThrownBy(this::cancel)
        .hasMessage("cancelling the run on the host i-0abc: Execution Timed Out");
  }

  @Test
  void run_noAnswerAtAll_endsAtTheDeadline() {
    commands.slow(1000, 0).answer("cancel.sh", "never seen");

    assertThatThrownBy(this::cancel)
        .hasMessage(
            "cancelling the run on the host i-0abc: no answer to command command-1 in 150 s")
        .extracting("code")
        .isEqualTo(ErrorCode.TIMED_OUT);
  }

  @Test
  void script_parameters_surviveTheShellWhateverTheyHold() throws Exception {
    String value = "it's \"$HOME\" `id`\n\\ 🕐";
    HostScript script = HostScript.named("cancel.sh").with("VALUE", value);
    String text =
        script.text().lines().takeWhile(line -> !line.startsWith("# Asks")).toList().stream()
                .reduce("", (all, line) -> all + line + "\n")
            + "printf %s \"$VALUE\"";

    Process bash = new ProcessBuilder("bash", "-c", text).start();
    assertThat(
            new String(
                bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(value);
  }
}
