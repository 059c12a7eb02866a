package dev.tsferry.runner.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPauseTest {
  @TempDir Path directory;

  @Test
  void turn_activeRun_isHeldAndLetGo_howeverOften() throws IOException {
    try (RunDirectory run = RunDirectory.open(directory)) {
      RunPause pause = new RunPause(run.path());
      pause.turn(true);
      pause.turn(true);
      assertThat(pause.isOn()).isTrue();
      pause.turn(false);
      pause.turn(false);
      assertThat(pause.isOn()).isFalse();
    }
  }

  @Test
  void turn_noRun_isRefused() {
    RunPause nobody = new RunPause(directory);

    assertThatThrownBy(() -> nobody.turn(true))
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND))
        .hasMessageContaining("none is active");
    assertThat(nobody.isOn()).isFalse();
  }

  @Test
  void turn_noDirectory_isRefused_andMakesNone() {
    Path missing = directory.resolve("orders");

    assertThatThrownBy(() -> new RunPause(missing).turn(true))
        .hasMessageContaining("there is no such directory");
    assertThatThrownBy(() -> new RunPause(missing).turn(false))
        .hasMessageContaining("there is no such directory");
    assertThat(missing).doesNotExist();
  }
}
