package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path directory;

  @Test
  void compare_withoutPlan_saysHowToMakeOne() {
    Outcome outcome = new CommandRunner(directory).run("compare");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("there is no file");
  }

  @Test
  void compare_withoutDatabases_namesBothVariables() {
    Outcome outcome = new CommandRunner(directory).runPlainly("compare", "--local");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("$SOURCE is not set").contains("$TARGET is not set");
  }
}
