package dev.tsferry.runner.stream.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.state.RunPause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {
  @TempDir Path directory;

  @Test
  void pass_limit_isKeptByAllTogether() throws InterruptedException {
    Pace pace = pace(10_000_000, Optional.empty());
    long before = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      pace.pass(500_000);
    }

    // The first goes at once; each of the others waits for the one before.
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void pass_pausedForLongerThanTheSnapshotMayBeHeld_timesOut() throws IOException {
    Files.createFile(directory.resolve("pause"));
    Pace pace = pace(0, Optional.of(Instant.now().plusMillis(50)));

    assertThatThrownBy(() -> pace.pass(1))
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT))
        .hasMessageContaining("as old as the plan allows");
    assertThat(pace.held()).isTrue();
  }

  @Test
  void check_youngSnapshotOrNoLimit_passes_andAnOldOneDoesNot() {
    pace(0, Optional.empty()).check();
    pace(0, Optional.of(Instant.now().plusSeconds(60))).check();

    assertThatThrownBy(() -> pace(0, Optional.of(Instant.now().minusSeconds(1))).check())
        .hasMessageContaining("the source's snapshot");
  }

  private Pace pace(long bytesPerSecond, Optional<Instant> until) {
    return new Pace(bytesPerSecond, new RunPause(directory), until);
  }
}
