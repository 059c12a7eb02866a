package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
  @TempDir Path directory;

  @Test
  void help_listsEveryCommandAndExitCode() {
    Outcome outcome = new CommandRunner(directory).runPlainly("--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("Prepare:", "Migrate:", "Observe:", "Clean up:")
        .contains(
            "  plan ",
            "  up ",
            "  secret ",
            "  run ",
            "  migrate ",
            "  status ",
            "  follow ",
            "  pause ",
            "  resume ",
            "  cancel ",
            "  compare ",
            "  down ");
    for (ExitCode exitCode : ExitCode.values()) {
      assertThat(outcome.out()).contains(exitCode.meaning());
    }
  }

  @Test
  void noCommand_isUsageError() {
    Outcome outcome = new CommandRunner(directory).runPlainly();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: tsferry: a command is missing\nhint: tsferry --help\n");
  }

  @Test
  void mistypedCommand_suggestsTheRightOne() {
    Outcome outcome = new CommandRunner(directory).runPlainly("statsu");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("error: tsferry: unmatched argument at index 0: 'statsu'\n")
        .contains("hint: did you mean: tsferry status");
  }

  @Test
  void unexpectedFailure_isReportedAsBugWithoutStackTrace() {
    CommandRunner tsferry = new CommandRunner(directory);
    tsferry.account.image = null;
    String[] plan = {"plan", "--rds", "orders-db", "--target-host", "t", "--target-port", "1"};

    Outcome outcome = tsferry.run(plan);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("error: a bug in tsferry: java.lang.NullPointerException")
        .endsWith("hint: repeat the command with --stacktrace and report what it prints\n");

    String[] traced = java.util.Arrays.copyOf(plan, plan.length + 1);
    traced[plan.length] = "--stacktrace";
    assertThat(tsferry.run(traced).err()).contains("at dev.tsferry.cli");
  }
}
