package dev.tsferry.lab.pipeline;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.report.MigrationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a run's state directory. */
public record RunFiles(Path directory) {

  /** Every event so far; a line that is being written is passed over. */
  public List<RunEventLine> lines() {
    String text = text("events.jsonl");
    List<RunEventLine> events = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      events.add(read(line, RunEventLine.class));
    }
    return events;
  }

  /** The text of every notice so far. */
  public List<String> notices() {
    return lines().stream()
        .map(RunEventLine::event)
        .filter(RunEvent.Notice.class::isInstance)
        .map(event -> ((RunEvent.Notice) event).text())
        .toList();
  }

  public List<RunEvent.StepFailed> failures() {
    return lines().stream()
        .map(RunEventLine::event)
        .filter(RunEvent.StepFailed.class::isInstance)
        .map(RunEvent.StepFailed.class::cast)
        .toList();
  }

  public RunState state() {
    return read(text("state.json"), RunState.class);
  }

  public MigrationReport report() {
    return read(text("report.json"), MigrationReport.class);
  }

  /** A file's text, empty where there is none. */
  public String text(String name) {
    Path file = directory.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Json.lenient().readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
