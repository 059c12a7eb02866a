package dev.tsferry.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runner is killed in every step that a run of this kind has, whichever they are: the next run
 * goes on, and a rollback leaves both sides as they were.
 *
 * <p>With {@code -Dlab.failures=all} in the middle of each step too, and with a whole run after
 * each rollback.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class KilledSteps {
  private static final boolean ALL = "all".equals(System.getProperty("lab.failures"));
  // Where something is in force or half done that only a rollback can settle.
  private static final List<String> SELECTED = List.of("dump", "data", "settings");

  private Crossing crossing;
  private List<StepState> steps;
  private List<String> sourceBefore;
  private List<String> targetBefore;

  abstract Crossing start(Path folder) throws Exception;

  @BeforeAll
  void start_andSeeWhatARunIs(@TempDir Path folder) throws Exception {
    crossing = start(folder);
    sourceBefore = Footprint.ofSource(crossing);
    targetBefore = Footprint.ofTarget(crossing);
  }

  @AfterAll
  void stop() {
    crossing.close();
  }

  @Test
  @Order(1)
  void rollback_ofAFinishedRun_leavesBothSidesAsTheyWere() throws Exception {
    carry();
    steps = crossing.state().steps().stream().filter(s -> s.status() == StepStatus.DONE).toList();
    takeBackFinished();
  }

  @Test
  @Order(2)
  void run_killedInEachStep_goesOnAndArrivesExactlyOnce() throws Exception {
    for (Moment moment : moments()) {
      killIn(moment);
    }
    carry();
    takeBackFinished();
  }

  @Test
  @Order(3)
  void rollback_ofARunKilledInAnyStep_leavesBothSidesAsTheyWere() throws Exception {
    for (Moment moment : moments()) {
      if (ALL || SELECTED.contains(moment.step())) {
        killIn(moment);
        crossing.rollback().execute();
        assertAsBefore("rolled back after a kill in " + moment);
        if (ALL) {
          carry();
          takeBackFinished();
        }
      }
    }
    carry();
  }

  private record Moment(String step, long millis) {}

  private List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (StepState step : steps) {
      moments.add(new Moment(step.id(), 0));
      if (ALL) {
        moments.add(new Moment(step.id(), step.millis() / 2));
      }
    }
    return moments;
  }

  private void killIn(Moment moment) throws Exception {
    int before = crossing.events().size();
    Process process = crossing.start();
    Waiting.until(
        () ->
            !process.isAlive()
                || crossing.events().stream()
                    .skip(before)
                    .anyMatch(event -> started(event, moment.step())));
    if (moment.millis() > 0) {
      process.waitFor(moment.millis(), TimeUnit.MILLISECONDS);
    }
    // With its programs, as the unit that it lives in does.
    Stream<ProcessHandle> children = process.descendants();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean started(RunEvent event, String step) {
    return event instanceof RunEvent.StepStarted started && started.step().equals(step);
  }

  private void carry() throws Exception {
    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);
    assertThat(crossing.differences()).isEmpty();
    assertThat(Footprint.differences(sourceBefore, Footprint.ofSource(crossing))).isEmpty();
  }

  private void takeBackFinished() throws Exception {
    crossing.rollbackOfFinished().execute();
    assertAsBefore("rolled back after the end");
  }

  private void assertAsBefore(String when) throws Exception {
    Waiting.until(() -> crossing.source().asSuperuser(Footprint.SESSIONS).equals("0"));
    Waiting.until(() -> crossing.target().asSuperuser(Footprint.SESSIONS).equals("0"));
    assertThat(Footprint.differences(targetBefore, Footprint.ofTarget(crossing)))
        .as(when)
        .isEmpty();
    assertThat(Footprint.differences(sourceBefore, Footprint.ofSource(crossing)))
        .as(when)
        .isEmpty();
  }
}
