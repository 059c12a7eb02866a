package dev.tsferry.runner.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEvent.Notice;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.Status;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:02:11Z");

  @TempDir Path folder;
  private final List<RunEventLine> told = new ArrayList<>();

  @Test
  void emit_events_areLinesWithSequenceNumbers() throws IOException {
    attempt(
        new RunEvent.RunStarted(1, "v", List.of("data")), new RunEvent.StepStarted("data", "t"));
    assertThat(Files.readAllLines(folder.resolve("events.jsonl")))
        .containsExactly(
            "{\"seq\":1,\"at\":\"2026-11-20T10:02:11Z\",\"run\":\"r\",\"event\":{\"type\":\"run-started\",\"attempt\":1,\"runnerVersion\":\"v\",\"steps\":[\"data\"]}}",
            "{\"seq\":2,\"at\":\"2026-11-20T10:02:11Z\",\"run\":\"r\",\"event\":{\"type\":\"step-started\",\"step\":\"data\",\"title\":\"t\"}}");
    assertThat(told).extracting(RunEventLine::seq).containsExactly(1L, 2L);
  }

  @Test
  void open_lineCutOffByACrash_isRemovedAndItsNumberUsedAgain() throws IOException {
    attempt(new RunEvent.RunStarted(1, "v", List.of("data")));
    Files.writeString(
        folder.resolve("events.jsonl"), "{\"seq\":2,\"at\":\"20", StandardOpenOption.APPEND);

    RunState state = attempt(new RunEvent.RunStarted(2, "v", List.of("data")));

    assertThat(Files.readAllLines(folder.resolve("events.jsonl")))
        .hasSize(2)
        .allMatch(line -> line.endsWith("}}"));
    assertThat(state.attempt()).isEqualTo(2);
    assertThat(state.lastSeq()).isEqualTo(2);
  }

  @Test
  void open_stepOfAnEarlierAttempt_keepsItsTime() throws IOException {
    attempt(
        new RunEvent.RunStarted(1, "v", List.of("data")),
        new RunEvent.StepStarted("data", "t"),
        new RunEvent.StepFinished("data", 777, "s"));
    RunState state =
        attempt(
            new RunEvent.RunStarted(2, "v", List.of("data")),
            new RunEvent.StepSkipped("data", "done before"));
    assertThat(state.steps())
        .containsExactly(new StepState("data", "t", StepStatus.SKIPPED, 777, "done before"));
  }

  @Test
  void open_directoryOfAnotherRun_isRefused() throws IOException {
    attempt(new RunEvent.RunStarted(1, "v", List.of("data")));
    try (RunDirectory directory = RunDirectory.open(folder)) {
      assertThatThrownBy(() -> journal(directory, "other"))
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_MISMATCH))
          .hasMessage("opening the state directory: it belongs to the run r, not to other");
    }
  }

  @Test
  void open_directoryInUse_isRefused() throws IOException {
    try (RunDirectory first = RunDirectory.open(folder)) {
      assertThat(first.isFinishing()).isFalse();
      assertThatThrownBy(() -> RunDirectory.open(folder))
          .isInstanceOfSatisfying(
              MigrationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_ACTIVE));
    }
  }

  @Test
  void state_followsTheEvents() throws IOException {
    RunState state =
        attempt(
            new RunEvent.RunStarted(1, "v", List.of("data")),
            new RunEvent.StepStarted("data", "t"),
            new RunEvent.StepFailed("data", ErrorCode.TARGET_FAILED, "why", List.of("hint")),
            new RunEvent.RunFinished(7, "s"));
    assertThat(state.status()).isEqualTo(Status.FAILED);
    assertThat(state.exitCode()).isEqualTo(7);
    assertThat(state.failure())
        .isEqualTo(new RunState.Failure(ErrorCode.TARGET_FAILED, "why", List.of("hint")));
    assertThat(state.steps()).extracting(StepState::status).containsExactly(StepStatus.FAILED);
  }

  @Test
  void warnings_ofAllAttempts_areKeptOnce() throws IOException {
    Notice warning = new Notice(Notice.Level.WARNING, "mind this");
    attempt(new RunEvent.RunStarted(1, "v", List.of("data")), warning);
    try (RunDirectory directory = RunDirectory.open(folder);
        Journal journal = journal(directory, "r")) {
      journal.emit(warning);
      journal.emit(new Notice(Notice.Level.INFO, "no warning"));
      assertThat(journal.warnings()).containsExactly("mind this");
    }
  }

  @Test
  void recordStatement_anythingButPlainWords_isRefused() {
    Ledger.Run run = new Ledger.Run(new java.util.UUID(1, 2), "n", "s", 150018, "p", "15.18");
    assertThat(Ledger.recordStatement(run, "pre-data", "ab12,cd34"))
        .isEqualTo(
            "insert into tsferry.step (step, run_id, detail) values ('pre-data', '00000000-0000-0001-0000-000000000002', 'ab12,cd34')");
    assertThatThrownBy(() -> Ledger.recordStatement(run, "data", "'; drop"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RunState attempt(RunEvent... events) throws IOException {
    try (RunDirectory directory = RunDirectory.open(folder);
        Journal journal = journal(directory, "r")) {
      for (RunEvent event : events) {
        journal.emit(event);
      }
      assertThat(directory.readState()).contains(journal.state());
      return journal.state();
    }
  }

  private Journal journal(RunDirectory directory, String run) throws IOException {
    return new Journal(
        directory,
        run,
        List.of(new StepState("data", "t", StepStatus.PENDING, 0, null)),
        told::add,
        state -> {},
        Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
