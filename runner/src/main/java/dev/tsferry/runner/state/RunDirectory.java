package dev.tsferry.runner.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.file.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run's state directory; held by one process at a time.
 *
 * <pre>
 * events.jsonl  state.json  report.json  handover.sql  runner.log  log/data.log
 * </pre>
 */
public final class RunDirectory implements AutoCloseable {
  /** The file that says what a run that came to its end created. */
  public static final String CREATED = "created.json";

  private static final String STATE = "state.json";

  private final Path directory;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final ObjectMapper mapper = Json.lenient();

  private RunDirectory(Path directory, FileChannel lockChannel, FileLock lock) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  /**
   * Opens {@code directory}, and makes it if it is missing.
   *
   * @throws MigrationException {@code RUN_ACTIVE} if another process holds it
   */
  public static RunDirectory open(Path directory) throws IOException {
    AtomicFile.makePrivate(directory);
    AtomicFile.makePrivate(directory.resolve("log"));
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same answer as for another one.
    }
    if (lock == null) {
      channel.close();
      throw new MigrationException(
          ErrorCode.RUN_ACTIVE,
          "opening the state directory %s: another run is active in it".formatted(directory),
          "follow it with \"tsferry status\", or end it first");
    }
    // A pause of a run that is over must not hold the next one.
    Files.deleteIfExists(directory.resolve(RunPause.FILE));
    return new RunDirectory(directory, channel, lock);
  }

  /** The directory itself. */
  public Path path() {
    return directory;
  }

  Path events() {
    return directory.resolve("events.jsonl");
  }

  Path state() {
    return directory.resolve(STATE);
  }

  Path runnerLog() {
    return directory.resolve("runner.log");
  }

  /** What is left to a person, as a script. */
  public Path handover() {
    return directory.resolve("handover.sql");
  }

  private Path report() {
    return directory.resolve("report.json");
  }

  private Path finishing() {
    return directory.resolve("finishing");
  }

  /** Where a step's programs write what they have to say. */
  public Path toolLog(String step) {
    return directory.resolve("log").resolve(step + ".log");
  }

  /**
   * All events so far. A last line that was cut off by a crash is removed from the file, so that
   * line numbers stay sequence numbers.
   */
  List<RunEventLine> readEvents() throws IOException {
    if (!Files.exists(events())) {
      return List.of();
    }
    byte[] content = Files.readAllBytes(events());
    int whole = content.length;
    while (whole > 0 && content[whole - 1] != '\n') {
      whole--;
    }
    if (whole < content.length) {
      try (FileChannel channel = FileChannel.open(events(), StandardOpenOption.WRITE)) {
        channel.truncate(whole);
      }
    }
    List<RunEventLine> lines = new ArrayList<>();
    String text = new String(content, 0, whole, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      lines.add(mapper.readValue(line, RunEventLine.class));
    }
    return lines;
  }

  /** The state document of the attempt before, where there is one. */
  public Optional<RunState> readState() throws IOException {
    return Files.exists(state())
        ? Optional.of(mapper.readValue(state().toFile(), RunState.class))
        : Optional.empty();
  }

  /**
   * The state document of a run whose directory another process holds.
   *
   * @throws MigrationException {@code STATE_MISMATCH} if it can't be read
   */
  public static Optional<RunState> readState(Path directory) {
    Path file = directory.resolve(STATE);
    try {
      return Files.exists(file)
          ? Optional.of(Json.lenient().readValue(file.toFile(), RunState.class))
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Words for a state directory that can't be read. */
  public static MigrationException unreadable(Path directory, IOException e) {
    return new MigrationException(
        ErrorCode.STATE_MISMATCH,
        "reading the state directory %s: %s".formatted(directory, e.getMessage()),
        e,
        "see who may read it");
  }

  byte[] json(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }

  /** Writes the report, safe on the disk when this returns. */
  public void writeReport(MigrationReport report) throws IOException {
    AtomicFile.replaceDurably(
        report(), mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
  }

  /** Writes the script of what is left to a person, safe on the disk when this returns. */
  public void writeHandover(String script) throws IOException {
    AtomicFile.replaceDurably(handover(), script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /**
   * Notes that all is done and verified and only the ledger remains to be removed, so that an
   * attempt that finds no ledger knows why.
   */
  public void markFinishing(String runId) throws IOException {
    AtomicFile.replaceDurably(finishing(), (runId + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether an attempt before came as far as removing the ledger. */
  public boolean isFinishing() {
    return Files.exists(finishing());
  }

  /** Forgets {@link #markFinishing}. */
  public void clearFinishing() throws IOException {
    Files.deleteIfExists(finishing());
  }

  /** Puts the run's files aside, so that the next run begins anew. */
  public void retire() throws IOException {
    if (!Files.exists(events())) {
      return;
    }
    int number = 1;
    while (Files.exists(directory.resolve("rolled-back-" + number))) {
      number++;
    }
    Path aside = directory.resolve("rolled-back-" + number);
    AtomicFile.makePrivate(aside);
    for (Path file :
        List.of(state(), report(), handover(), finishing(), directory.resolve(CREATED), events())) {
      if (Files.exists(file)) {
        Files.move(file, aside.resolve(file.getFileName()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockChannel.close();
  }
}
