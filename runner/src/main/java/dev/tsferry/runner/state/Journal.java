package dev.tsferry.runner.state;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.event.RunState.Failure;
import dev.tsferry.plan.event.RunState.Progress;
import dev.tsferry.plan.event.RunState.StepState;
import dev.tsferry.plan.event.RunState.StepStatus;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import dev.tsferry.runner.process.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes the run's events and its state document, and rewrites the latter every second as a sign of
 * life.
 */
public final class Journal implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final RunDirectory directory;
  private final String run;
  private final Clock clock;
  private final Consumer<RunEventLine> onEvent;
  private final Consumer<RunState> onState;
  private final List<RunEventLine> earlier;
  private final FileChannel events;
  private final RunStateTracker tracker;
  private final int attempt;
  private final List<String> warnings = new ArrayList<>();
  private Ticker heartbeat;
  private long seq;

  /**
   * Takes up the journal of {@code directory}.
   *
   * @param steps id and title of every step, in order
   * @throws MigrationException {@code STATE_MISMATCH} if the directory belongs to another run
   */
  public Journal(
      RunDirectory directory,
      String run,
      List<StepState> steps,
      Consumer<RunEventLine> onEvent,
      Consumer<RunState> onState,
      Clock clock)
      throws IOException {
    this.directory = requireNonNull(directory, "directory is null");
    this.run = run;
    this.clock = clock;
    this.onEvent = onEvent;
    this.onState = onState;
    this.earlier = directory.readEvents();
    refuseOtherRun();
    this.seq = earlier.size();
    this.attempt =
        1 + (int) earlier.stream().filter(l -> l.event() instanceof RunEvent.RunStarted).count();
    Instant startedAt = earlier.isEmpty() ? now() : earlier.get(0).at();
    this.tracker = new RunStateTracker(run, attempt, startedAt, withEarlierTimes(steps));
    this.events =
        FileChannel.open(directory.events(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** 1 for the first start of this run, one more each time that it is taken up again. */
  public int attempt() {
    return attempt;
  }

  /** The last event of the attempts before, where there is one. */
  public Optional<RunEventLine> lastEarlier() {
    return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.get(earlier.size() - 1));
  }

  /** Takes the state over from the attempts before, for a run that has nothing more to do. */
  public synchronized void restoreState() {
    earlier.forEach(tracker::apply);
  }

  /** Begins to rewrite the state document every second. */
  public void startHeartbeat() {
    heartbeat = Ticker.start("heartbeat", HEARTBEAT, this::beat);
  }

  /** Writes an event, and the state that follows from it. */
  public synchronized void emit(RunEvent event) {
    RunEventLine line = new RunEventLine(seq + 1, now(), run, event);
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      text.write(directory.json(line));
      text.write('\n');
      ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
      while (bytes.hasRemaining()) {
        events.write(bytes);
      }
      events.force(false);
      seq++;
      tracker.apply(line);
      if (event instanceof RunEvent.Notice notice
          && notice.level() == RunEvent.Notice.Level.WARNING) {
        warnings.add(notice.text());
      }
      writeState(event instanceof RunEvent.RunFinished);
    } catch (IOException e) {
      throw unwritable(e);
    }
    onEvent.accept(line);
    onState.accept(tracker.at(now()));
  }

  /** Notes how far the current step is; written with the next heartbeat. */
  public synchronized void progress(Progress progress) {
    tracker.progress(progress);
  }

  /** Notes why the run ends, for a failure outside the steps. */
  public synchronized void fail(ErrorCode code, String message, List<String> hints) {
    tracker.fail(new Failure(code, message, hints));
  }

  /** The state as of now. */
  public synchronized RunState state() {
    return tracker.at(now());
  }

  /** Every warning of this attempt and those before it, each once. */
  public synchronized List<String> warnings() {
    Set<String> all = new LinkedHashSet<>();
    for (RunEventLine line : earlier) {
      if (line.event() instanceof RunEvent.Notice notice
          && notice.level() == RunEvent.Notice.Level.WARNING) {
        all.add(notice.text());
      }
    }
    all.addAll(warnings);
    return List.copyOf(all);
  }

  @Override
  public void close() throws IOException {
    if (heartbeat != null) {
      heartbeat.close();
    }
    events.close();
  }

  private synchronized void beat() {
    try {
      writeState(false);
    } catch (IOException e) {
      // The next event meets the same failure, and reports it.
      return;
    }
    onState.accept(tracker.at(now()));
  }

  private void writeState(boolean durably) throws IOException {
    byte[] state = directory.json(tracker.at(now()));
    if (durably) {
      AtomicFile.replaceDurably(directory.state(), state);
    } else {
      AtomicFile.replace(directory.state(), state);
    }
  }

  private void refuseOtherRun() {
    for (RunEventLine line : earlier) {
      if (!line.run().equals(run)) {
        throw new MigrationException(
            ErrorCode.STATE_MISMATCH,
            "opening the state directory: it belongs to the run %s, not to %s"
                .formatted(line.run(), run),
            "give this run a state directory of its own");
      }
    }
  }

  // A step that an earlier attempt did keeps the time that it took.
  private List<StepState> withEarlierTimes(List<StepState> steps) throws IOException {
    List<StepState> result = new ArrayList<>();
    for (StepState step : steps) {
      long millis = 0;
      for (RunEventLine line : earlier) {
        if (line.event() instanceof RunEvent.StepFinished finished
            && finished.step().equals(step.id())) {
          millis = finished.millis();
        }
      }
      result.add(new StepState(step.id(), step.title(), StepStatus.PENDING, millis, null));
    }
    return result;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static MigrationException unwritable(IOException e) {
    return new MigrationException(
        ErrorCode.DISK_FULL,
        "writing the state directory: " + e.getMessage(),
        e,
        "make room in the state directory, then run again");
  }
}
