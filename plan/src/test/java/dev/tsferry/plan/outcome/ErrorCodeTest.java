package dev.tsferry.plan.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

  @Test
  void exitCodes_areTheOnesPromised_andNeverThoseThatSsmReads() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 130)
        .doesNotContain(137, 194);
  }

  @Test
  void everyExitCode_canBeReached() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::exitCode).distinct())
        .containsAll(
            Arrays.stream(ExitCode.values()).filter(code -> code != ExitCode.DONE).toList());
  }
}
