package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.SourceKind;
import java.nio.file.Path;

/**
 * What a run is to do and where it keeps its files; never with a password.
 *
 * @param name the migration's name, as events and the report carry it
 * @param stateDirectory events, state document, report and logs; made if missing, and the same one
 *     at each attempt of a run
 * @param dumpDirectory dump files; needs room for the whole database
 * @param runtimeDirectory password files; best on tmpfs
 * @param kind what the plan says that the source is, or null to find out by looking
 */
public record RunRequest(
    String name,
    DatabaseAddress source,
    DatabaseAddress target,
    Pipeline pipeline,
    Path stateDirectory,
    Path dumpDirectory,
    Path runtimeDirectory,
    SourceKind kind) {

  public RunRequest {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    requireNonNull(pipeline, "pipeline is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(dumpDirectory, "dumpDirectory is null");
    requireNonNull(runtimeDirectory, "runtimeDirectory is null");
  }

  /** A request for a source of which nobody said what it is. */
  public RunRequest(
      String name,
      DatabaseAddress source,
      DatabaseAddress target,
      Pipeline pipeline,
      Path stateDirectory,
      Path dumpDirectory,
      Path runtimeDirectory) {
    this(name, source, target, pipeline, stateDirectory, dumpDirectory, runtimeDirectory, null);
  }
}
