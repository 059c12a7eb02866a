package dev.tsferry.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.pipeline.StepContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetOutagesTest {
  private final MigrationException resize =
      new MigrationException(
          ErrorCode.TARGET_INTERRUPTED, "terminating connection due to administrator command");

  private final Deque<Boolean> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final TargetOutages outages =
      new TargetOutages("preflight", () -> answers.isEmpty() ? false : answers.poll(), pauses::add);

  @Test
  void waitOut_targetThatComesBack_beginsTheStepAgain() throws InterruptedException {
    answers.addAll(List.of(false, false, true));

    assertThat(outages.waitOut("data", resize, context())).isTrue();

    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(told.get(0)).contains("bigger disk").contains("once in six hours");
    assertThat(told)
        .last()
        .asString()
        .isEqualTo("info: the target takes sessions again; data is begun again");
  }

  @Test
  void waitOut_targetThatStaysAway_givesUpAfterAQuarterOfAnHour() throws InterruptedException {
    assertThat(outages.waitOut("data", resize, context())).isFalse();

    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
    assertThat(told).contains("warn: the target took no session for 15 minutes");
  }

  @Test
  void waitOut_sixthOutage_isTheLast() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      answers.add(true);
      assertThat(outages.waitOut("data", resize, context())).isTrue();
    }
    answers.add(true);
    assertThat(outages.waitOut("data", resize, context())).isFalse();
    assertThat(told).last().asString().contains("once in six hours");
  }

  @Test
  void waitOut_whatDoesNotPass_isNotWaitedFor() throws InterruptedException {
    MigrationException failure = new MigrationException(ErrorCode.TARGET_FAILED, "no");
    assertThat(outages.waitOut("data", failure, context())).isFalse();
    assertThat(outages.waitOut("preflight", resize, context())).isFalse();
    assertThat(pauses).isEmpty();
  }

  private StepContext context() {
    return new StepContext() {
      @Override
      public void info(String text) {
        told.add("info: " + text);
      }

      @Override
      public void warn(String text) {
        told.add("warn: " + text);
      }

      @Override
      public void progress(String what, long done, long total, String unit) {}

      @Override
      public void checkCancelled() {}
    };
  }
}
