package dev.tsferry.lab.everything;

import dev.tsferry.lab.database.DatabaseImages;
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
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.CatalogueCheck;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.RunEventListener;
import dev.tsferry.runner.RunRequest;
import dev.tsferry.runner.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A source, a target, and the product's own pipeline between them. */
final class Crossing implements AutoCloseable {
  private static final int CLIENT_MAJOR = 15;

  final RdsLikeSource source =
      new RdsLikeSource(
              DatabaseImages.source(), "everything.aaaaaaaaaa.us-east-1.rds.amazonaws.com")
          .publishedOnLoopback();
  final TimescaleLikeTarget target =
      new TimescaleLikeTarget(DatabaseImages.target(), "everything.tsdb.cloud.test")
          .publishedOnLoopback();
  private final Path directory;
  private final List<RunEventLine> events = Collections.synchronizedList(new ArrayList<>());

  Crossing(Path directory) {
    this.directory = directory;
    source.start();
    target.start();
  }

  /** Runs the pipeline, or takes it up again. */
  ExitCode run(Hypertable... hypertables) {
    RunRequest request =
        new RunRequest(
            "everything",
            source.address(),
            target.address(),
            new Pipeline(
                DataMode.DUMP, List.of(hypertables), true, VerifyLevel.COUNTS, CLIENT_MAJOR, false),
            directory.resolve("state"),
            directory.resolve("dump"),
            directory.resolve("runtime"));
    return new MigrationRun(request, passwords(), listener()).run();
  }

  MigrationReport report() throws IOException {
    return Json.lenient()
        .readValue(directory.resolve("state/report.json").toFile(), MigrationReport.class);
  }

  /** The product's comparison, outside of a run. */
  CatalogueReport compare() throws IOException {
    return CatalogueCheck.compare(
        source.address(),
        target.address(),
        passwords(),
        Files.createDirectories(directory.resolve("compare")));
  }

  /** What went wrong, for a test's message. */
  List<String> failures() {
    return events.stream()
        .map(RunEventLine::event)
        .filter(RunEvent.StepFailed.class::isInstance)
        .map(RunEvent.StepFailed.class::cast)
        .map(failed -> failed.message() + " " + failed.hints())
        .toList();
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }

  private PasswordSource passwords() {
    return new PasswordSource() {
      @Override
      public Secret source() {
        return Secret.of(source.password());
      }

      @Override
      public Secret target() {
        return Secret.of(target.password());
      }
    };
  }

  private RunEventListener listener() {
    return new RunEventListener() {
      @Override
      public void onEvent(RunEventLine line) {
        events.add(line);
      }

      @Override
      public void onState(RunState state) {}
    };
  }
}
