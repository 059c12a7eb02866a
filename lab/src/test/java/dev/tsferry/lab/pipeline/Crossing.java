package dev.tsferry.lab.pipeline;

import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One migration between two servers of a test, with its files in a folder of the test's. */
public record Crossing(RdsLikeSource source, TimescaleLikeTarget target, RunRequest request) {
  private static final int CLIENT_MAJOR = 15;

  public static Crossing of(
      RdsLikeSource source, TimescaleLikeTarget target, Path folder, List<Hypertable> hypertables) {
    Pipeline pipeline =
        new Pipeline(DataMode.DUMP, hypertables, true, VerifyLevel.COUNTS, CLIENT_MAJOR, false);
    return new Crossing(
        source,
        target,
        new RunRequest(
            "orders-db",
            source.address(),
            target.address(),
            pipeline,
            folder.resolve("state"),
            folder.resolve("dump"),
            folder.resolve("runtime")));
  }

  public Crossing with(RunRequest other) {
    return new Crossing(source, target, other);
  }

  public Crossing with(Pipeline pipeline) {
    return with(
        new RunRequest(
            request.name(),
            request.source(),
            request.target(),
            pipeline,
            request.stateDirectory(),
            request.dumpDirectory(),
            request.runtimeDirectory()));
  }

  /** The same as a rehearsal. */
  public Crossing rehearsing() {
    return with(request.with(true));
  }

  /** A run in this process. */
  public MigrationRun run() {
    return new MigrationRun(
        request, LocalRun.passwords(source.password(), target.password()), LocalRun.silent());
  }

  public ExitCode carry() {
    return run().run();
  }

  /** A run in a process of its own. */
  public Process start() throws IOException {
    Path file = request.stateDirectory().resolveSibling("request.json");
    Files.writeString(file, Json.lenient().writeValueAsString(request));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            LocalRun.class.getName(),
            file.toString());
    builder.environment().put("SOURCE_PASSWORD", source.password());
    builder.environment().put("TARGET_PASSWORD", target.password());
    return builder.inheritIO().start();
  }

  /** Every event so far; a line that is being written is passed over. */
  public List<RunEvent> events() throws IOException {
    Path file = request.stateDirectory().resolve("events.jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    List<RunEvent> events = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      events.add(Json.lenient().readValue(line, RunEventLine.class).event());
    }
    return events;
  }

  /** The last failure that was told. */
  public RunEvent.StepFailed failure() throws IOException {
    return events().stream()
        .filter(RunEvent.StepFailed.class::isInstance)
        .map(RunEvent.StepFailed.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("nothing failed"));
  }

  public RunState state() throws IOException {
    return Json.lenient()
        .readValue(request.stateDirectory().resolve("state.json").toFile(), RunState.class);
  }

  public MigrationReport report() throws IOException {
    return Json.lenient()
        .readValue(request.stateDirectory().resolve("report.json").toFile(), MigrationReport.class);
  }

  /** The run's own log, to say why a test failed. */
  public String log() {
    try {
      return Files.readString(request.stateDirectory().resolve("runner.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What an independent comparison of the two databases finds. */
  public List<String> differences() throws SQLException {
    try (Connection before = source.connect();
        Connection after = target.connect()) {
      return DatabaseComparison.differences(before, after);
    }
  }

  /** The text of every file that the run wrote, except the dump's. */
  public List<String> writtenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(request.stateDirectory())) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    }
  }
}
