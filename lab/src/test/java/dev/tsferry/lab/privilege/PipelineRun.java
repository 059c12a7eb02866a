package dev.tsferry.lab.privilege;

import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
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
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.RunEventListener;
import dev.tsferry.runner.RunRequest;
import dev.tsferry.runner.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real pipeline from one container to another, in this process. */
final class PipelineRun {
  private static final int CLIENT_MAJOR = 15;

  private final RunRequest request;
  private final PasswordSource passwords;
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();

  PipelineRun(
      DatabaseAddress source,
      String sourcePassword,
      DatabaseAddress target,
      String targetPassword,
      List<Hypertable> hypertables,
      Path directory) {
    Pipeline pipeline =
        new Pipeline(DataMode.DUMP, hypertables, true, VerifyLevel.COUNTS, CLIENT_MAJOR, false);
    this.request =
        new RunRequest(
            "privileges",
            source,
            target,
            pipeline,
            directory.resolve("state"),
            directory.resolve("dump"),
            directory.resolve("runtime"));
    this.passwords =
        new PasswordSource() {
          @Override
          public Secret source() {
            return Secret.of(sourcePassword);
          }

          @Override
          public Secret target() {
            return Secret.of(targetPassword);
          }
        };
  }

  static PipelineRun of(
      RdsLikeSource source,
      TimescaleLikeTarget target,
      List<Hypertable> hypertables,
      Path directory) {
    return new PipelineRun(
        source.address(),
        source.password(),
        target.address(),
        target.password(),
        hypertables,
        directory);
  }

  ExitCode run() {
    return new MigrationRun(
            request,
            passwords,
            new RunEventListener() {
              @Override
              public void onEvent(RunEventLine line) {
                events.add(line.event());
              }

              @Override
              public void onState(RunState state) {
                // The events say all that the tests ask.
              }
            })
        .run();
  }

  /** All events so far, in words. */
  String story() {
    return String.join("\n", events.stream().map(RunEvent::toString).toList());
  }

  /** The text of every notice so far. */
  List<String> notices() {
    return events.stream()
        .filter(RunEvent.Notice.class::isInstance)
        .map(event -> ((RunEvent.Notice) event).text())
        .toList();
  }

  MigrationReport report() throws IOException {
    return Json.lenient()
        .readValue(request.stateDirectory().resolve("report.json").toFile(), MigrationReport.class);
  }

  String handover() throws IOException {
    Path file = request.stateDirectory().resolve("handover.sql");
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
