package dev.tsferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerMainTest {
  @TempDir Path folder;

  @Test
  void execute_withoutOptions_isWrongUsage() {
    assertThat(RunnerMain.execute("run")).isEqualTo(2);
  }

  @Test
  void execute_planMissing_isPlanInvalid() {
    String missing = folder.resolve("migration.json").toString();
    assertThat(
            RunnerMain.execute(
                "run", "--plan", missing, "--state", "s", "--dump", "d", "--runtime", "r"))
        .isEqualTo(3);
  }

  @Test
  void secret_asText_isMasked() {
    assertThat(Secret.of("hunter2").toString()).isEqualTo("******");
    assertThat(Secret.of("hunter2").value()).isEqualTo("hunter2");
  }
}
