package dev.tsferry.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.fake.FakePacer;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.Progress;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ErrorCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunRendererTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:02:11Z");

  private final StringWriter text = new StringWriter();
  private final FakePacer pacer = new FakePacer();

  private RunRenderer renderer(boolean live) {
    return new RunRenderer(new PrintWriter(text), new TerminalTraits(live, 60), pacer);
  }

  private static RunEventLine line(RunEvent event) {
    return new RunEventLine(1, AT, "orders-db", event);
  }

  private static RunState running(long done, long millis) {
    return new RunState(
        "orders-db",
        1,
        RunState.Status.RUNNING,
        1,
        AT,
        AT,
        List.of(new StepState("data", "t", StepStatus.RUNNING, millis, null)),
        new Progress("data", "public.a table with a long name", done, 1000, "row"),
        null,
        null);
  }

  @Test
  void event_eachKind_isOneLine() {
    RunRenderer renderer = renderer(false);
    renderer.event(line(new RunEvent.RunStarted(1, "0.1.0", List.of("data"))));
    renderer.event(line(new RunEvent.RunStarted(2, "0.1.0", List.of("data"))));
    renderer.event(line(new RunEvent.StepStarted("data", "load rows")));
    renderer.event(line(new RunEvent.StepSkipped("data", "done before")));
    renderer.event(line(new RunEvent.StepFinished("data", 65_000, "2 tables")));
    renderer.event(
        line(new RunEvent.StepFailed("data", ErrorCode.DISK_FULL, "no room", List.of())));
    renderer.event(line(new RunEvent.Notice(RunEvent.Notice.Level.WARNING, "mind this")));
    renderer.event(line(new RunEvent.RunFinished(8, "failed")));

    assertThat(text.toString())
        .isEqualTo(
            """
            10:02:11 the run starts
            10:02:11 the run is taken up again, attempt 2
            10:02:11 data         load rows
            10:02:11 data         skipped: done before
            10:02:11 data         done in 1 min 5 s: 2 tables
            10:02:11 data         failed: no room
            10:02:11 warning: mind this
            10:02:11 the run ended: failed
            """);
  }

  @Test
  void state_offTerminal_isALineAMinute() {
    RunRenderer renderer = renderer(false);
    for (int i = 0; i < 12; i++) {
      renderer.state(running(250, 30_000));
      pacer.pause(Duration.ofSeconds(10));
    }

    assertThat(text.toString())
        .isEqualTo(
            "10:02:11 data         25 % (250 rows of 1,000 rows) public.a table with a long name, about 1 min 30 s left\n");
  }

  @Test
  void state_onTerminal_isRewrittenNeverWrapsAndIsGoneInTheEnd() {
    try (RunRenderer renderer = renderer(true)) {
      renderer.state(running(250, 30_000));
      renderer.event(line(new RunEvent.StepStarted("verify", "compare")));
    }

    assertThat(List.of(text.toString().split("\r\u001b\\[K", -1)))
        .allSatisfy(part -> assertThat(part.strip().length()).isLessThan(60))
        .contains("10:02:11 verify       compare\n")
        .last()
        .isEqualTo("");
  }

  @Test
  void progress_neverShowsAHundredPercentNorGuessesEarly() {
    ProgressLine line = new ProgressLine();

    assertThat(line.text(running(1000, 60_000), running(1000, 0).progress())).contains("99 %");
    assertThat(line.text(running(10, 60_000), running(10, 0).progress())).doesNotContain("left");
    assertThat(line.text(running(500, 1_000), running(500, 0).progress())).doesNotContain("left");
  }

  @Test
  void progress_stepThatGoesOnFromAnEarlierAttempt_guessesByItsOwnPace() {
    ProgressLine line = new ProgressLine();
    line.text(running(800, 100), running(800, 0).progress());

    // A fourth of what was left took ten seconds.
    assertThat(line.text(running(850, 10_100), running(850, 0).progress()))
        .contains("about 30 s left");
  }

  @Test
  void progress_unknownTotalAndStrangeNames_areShownSafely() {
    Progress progress = new Progress("data", "evil\u001b[2J\nname", 1, 0, "table");

    assertThat(new ProgressLine().text(running(1, 1), progress))
        .isEqualTo("data         1 table evil?[2J?name");
  }
}
