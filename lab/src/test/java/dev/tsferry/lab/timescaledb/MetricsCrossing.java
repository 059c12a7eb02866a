package dev.tsferry.lab.timescaledb;

import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One migration from a self-hosted TimescaleDB, with its files in a folder of the test's. */
record MetricsCrossing(
    SelfHostedTimescale source, TimescaleLikeTarget target, RunRequest request, Path programs) {
  private static final int CLIENT_MAJOR = 17;

  /** The source's own database. */
  static MetricsCrossing of(
      SelfHostedTimescale source, TimescaleLikeTarget target, Path folder, Path programs) {
    return of(source, target, folder, programs, SelfHostedTimescale.DATABASE, false, List.of());
  }

  static MetricsCrossing of(
      SelfHostedTimescale source,
      TimescaleLikeTarget target,
      Path folder,
      Path programs,
      String database,
      boolean moveTarget,
      List<Hypertable> hypertables) {
    Pipeline pipeline =
        new Pipeline(
            DataMode.DUMP, hypertables, true, VerifyLevel.COUNTS, CLIENT_MAJOR, false, moveTarget);
    DatabaseAddress address = source.address();
    return new MetricsCrossing(
        source,
        target,
        new RunRequest(
            "metrics",
            new DatabaseAddress(
                address.host(), address.port(), database, address.user(), address.tls()),
            target.address(),
            pipeline,
            folder.resolve("state"),
            folder.resolve("dump"),
            folder.resolve("runtime")),
        programs);
  }

  /** The same with several tables at a time. */
  MetricsCrossing atATime(int jobs) {
    return new MetricsCrossing(
        source, target, request.with(request.pipeline().with(new Transfer(jobs, 60))), programs);
  }

  static SelfHostedTimescale startedSource() {
    SelfHostedTimescale source =
        new SelfHostedTimescale(DatabaseImages.timescaledbSource(), "localhost")
            .publishedOnLoopback();
    source.start();
    return source;
  }

  static TimescaleLikeTarget startedTarget() {
    TimescaleLikeTarget target =
        new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
    return target;
  }

  /** Runs to the end, and shows why if it fails. */
  ExitCode carry() throws IOException, InterruptedException {
    int code = start().waitFor();
    if (code != 0) {
      events().stream().skip(Math.max(0, events().size() - 4)).forEach(System.out::println);
    }
    return Stream.of(ExitCode.values())
        .filter(exit -> exit.code() == code)
        .findFirst()
        .orElseThrow();
  }

  /** A run in a process of its own. */
  Process start() throws IOException {
    Path file = request.stateDirectory().resolveSibling("request.json");
    Files.writeString(file, Json.lenient().writeValueAsString(request));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CancellableRun.class.getName(),
            file.toString());
    builder.environment().merge("PATH", programs.toString(), (path, own) -> own + ":" + path);
    builder.environment().put("SOURCE_PASSWORD", source.password());
    builder.environment().put("TARGET_PASSWORD", target.password());
    return builder.inheritIO().start();
  }

  /** Whether TimescaleDB's restore mode is on in the target's catalogue. */
  boolean isRestoring() {
    return !target
        .asSuperuser(
            "select 1 from pg_db_role_setting where array_to_string(setconfig, ' ') ~ 'timescaledb.restoring=on'")
        .isEmpty();
  }

  /** Every event so far; a line that is being written is passed over. */
  List<RunEvent> events() throws IOException {
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

  /** What was told besides. */
  List<String> notices() throws IOException {
    return events().stream()
        .filter(RunEvent.Notice.class::isInstance)
        .map(event -> ((RunEvent.Notice) event).text())
        .toList();
  }

  /** The last failure that was told. */
  RunEvent.StepFailed failure() throws IOException {
    return events().stream()
        .filter(RunEvent.StepFailed.class::isInstance)
        .map(RunEvent.StepFailed.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("nothing failed"));
  }

  RunState state() throws IOException {
    return Json.lenient()
        .readValue(request.stateDirectory().resolve("state.json").toFile(), RunState.class);
  }

  MigrationReport report() throws IOException {
    return Json.lenient()
        .readValue(request.stateDirectory().resolve("report.json").toFile(), MigrationReport.class);
  }

  /** What an independent comparison of the two databases finds, chunks included. */
  List<String> differences() throws SQLException {
    try (Connection before = source.connect(request.source().database());
        Connection after = target.connect()) {
      List<String> differences = new ArrayList<>(DatabaseComparison.differences(before, after));
      differences.addAll(DatabaseComparison.differencesOfHypertables(before, after));
      return differences;
    }
  }
}
