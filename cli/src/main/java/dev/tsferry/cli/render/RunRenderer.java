package dev.tsferry.cli.render;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.follow.FollowListener;
import dev.tsferry.cli.time.Pacer;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Draws a run: a line for each event, and how far the current step is; on a terminal as one line
 * below that is rewritten, elsewhere as one line a minute.
 *
 * <pre>
 * 10:02:11 preflight    check both databases
 * 10:02:13 preflight    done in 1.9 s: 42 tables, 3.1 GiB
 * 10:03:13 data         58 % (16 of 28 GiB) public.metrics, about 4 min 10 s left
 * </pre>
 */
public final class RunRenderer implements FollowListener, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String REWRITE = "\r\u001b[K";

  private final PrintWriter err;
  private final TerminalTraits terminal;
  private final Pacer pacer;
  private final ProgressLine progressLine = new ProgressLine();
  private Instant lastLine;
  private String shown = "";

  public RunRenderer(PrintWriter err, TerminalTraits terminal, Pacer pacer) {
    this.err = requireNonNull(err, "err is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
    this.lastLine = pacer.now();
  }

  @Override
  public void event(RunEventLine line) {
    String text = text(line.event());
    if (!text.isEmpty()) {
      println(TIME.format(line.at()) + " " + text);
    }
  }

  @Override
  public void state(RunState state) {
    Progress progress = state.progress();
    if (state.status() != RunState.Status.RUNNING || progress == null) {
      return;
    }
    String text = progressLine.text(state, progress);
    if (terminal.live()) {
      show(text);
    } else if (Duration.between(lastLine, pacer.now()).compareTo(BETWEEN_LINES) >= 0) {
      println(TIME.format(state.updatedAt()) + " " + text);
    }
  }

  @Override
  public void message(String text) {
    println(TIME.format(pacer.now()) + " " + text);
  }

  /** Leaves the terminal as it was. */
  @Override
  public void close() {
    show("");
  }

  private void println(String line) {
    String below = shown;
    show("");
    err.println(line);
    err.flush();
    lastLine = pacer.now();
    show(below);
  }

  private void show(String text) {
    if (!terminal.live() || text.equals(shown)) {
      return;
    }
    // A line that wraps could not be taken back.
    int width = terminal.columns() - 1;
    err.print(REWRITE + (text.length() > width ? text.substring(0, width) : text));
    err.flush();
    shown = text;
  }

  private static String text(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      return started.attempt() == 1
          ? "the run starts"
          : "the run is taken up again, attempt " + started.attempt();
    }
    if (event instanceof RunEvent.StepStarted started) {
      return step(started.step(), started.title());
    }
    if (event instanceof RunEvent.StepSkipped skipped) {
      return step(skipped.step(), "skipped: " + skipped.reason());
    }
    if (event instanceof RunEvent.StepFinished finished) {
      String time = Amounts.duration(Duration.ofMillis(finished.millis()));
      String summary = finished.summary();
      return step(
          finished.step(),
          "done in " + time + (summary == null || summary.isBlank() ? "" : ": " + summary));
    }
    if (event instanceof RunEvent.StepFailed failed) {
      return step(failed.step(), "failed: " + failed.message());
    }
    if (event instanceof RunEvent.Notice notice) {
      boolean warning = notice.level() == RunEvent.Notice.Level.WARNING;
      return (warning ? "warning: " : "note: ") + notice.text();
    }
    if (event instanceof RunEvent.RunFinished finished) {
      return "the run ended: " + finished.summary();
    }
    return "";
  }

  private static String step(String step, String text) {
    return "%-12s %s".formatted(step, text);
  }
}
