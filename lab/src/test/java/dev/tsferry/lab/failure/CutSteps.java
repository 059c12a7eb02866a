package dev.tsferry.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every session of the run with one of the servers is ended in every step, as a restart or a disk
 * that is enlarged does: the run says which server it was and that it goes on, and it does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CutSteps {
  private static final String CUT =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity"
          + " where application_name like 'tsferry-%' and pid <> pg_backend_pid()";

  private Crossing crossing;

  abstract Crossing start(Path folder) throws Exception;

  @BeforeAll
  void start_servers(@TempDir Path folder) throws Exception {
    crossing = start(folder);
  }

  @AfterAll
  void stop() {
    crossing.close();
  }

  @Test
  void run_sourceCutInEachStep_saysSoAndGoesOn() throws Exception {
    assertThat(cutInEachStep(crossing.source(), "source", ExitCode.SOURCE_DATABASE))
        .contains("preflight", "dump", "verify");
  }

  @Test
  void run_targetCutInEachStep_saysSoAndGoesOn() throws Exception {
    assertThat(cutInEachStep(crossing.target(), "target", ExitCode.TARGET_DATABASE))
        .contains("preflight", "roles", "pre-data", "data", "post-data", "verify");
  }

  // Returns the steps that had a session to lose. A run that waits for its server goes on by
  // itself, one that doesn't is started again.
  private List<String> cutInEachStep(LabDatabase<?> server, String side, ExitCode expected)
      throws Exception {
    List<String> hit = new ArrayList<>();
    Process process = crossing.start();
    List<String> steps = steps(process);
    for (String step : steps) {
      while (!reaches(step, process)) {
        assertFailedWell(process, side, expected);
        process = crossing.start();
      }
      if (cut(server, step, process)) {
        hit.add(step);
      }
    }
    while (Crossing.exitCode(process) != ExitCode.DONE) {
      assertFailedWell(process, side, expected);
      process = crossing.start();
    }
    assertThat(crossing.differences()).isEmpty();
    crossing.rollbackOfFinished().execute();
    return hit;
  }

  private void assertFailedWell(Process process, String side, ExitCode expected) {
    assertThat(Crossing.exitCode(process)).as(crossing::log).isEqualTo(expected);
    RunEvent.StepFailed failure = crossing.failure();
    assertThat(failure.message()).as("names the server").contains(side);
    assertThat(failure.hints()).as(failure.message()).anyMatch(hint -> hint.contains("run again"));
  }

  private List<String> steps(Process process) throws Exception {
    Waiting.until(() -> !process.isAlive() || !crossing.events().isEmpty());
    return crossing.events().stream()
        .filter(RunEvent.RunStarted.class::isInstance)
        .map(event -> ((RunEvent.RunStarted) event).steps())
        .findFirst()
        .orElseThrow();
  }

  // False if the run ended before, of a cut in the step before.
  private boolean reaches(String step, Process process) throws Exception {
    Waiting.until(() -> !process.isAlive() || hasReached(step));
    return hasReached(step);
  }

  private boolean hasReached(String step) {
    return crossing.events().stream()
        .anyMatch(
            event ->
                ends(event, step)
                    || (event instanceof RunEvent.StepStarted started
                        && started.step().equals(step)));
  }

  // Ends the run's sessions as soon as there is one, unless the step ends without.
  private boolean cut(LabDatabase<?> server, String step, Process process) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      while (process.isAlive()
          && crossing.events().stream().noneMatch(event -> ends(event, step))) {
        try (ResultSet cut = statement.executeQuery(CUT)) {
          cut.next();
          if (cut.getInt(1) > 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean ends(RunEvent event, String step) {
    return (event instanceof RunEvent.StepFinished finished && finished.step().equals(step))
        || (event instanceof RunEvent.StepSkipped skipped && skipped.step().equals(step));
  }
}
