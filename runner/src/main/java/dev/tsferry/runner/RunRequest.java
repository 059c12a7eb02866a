package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
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
 * @param rehearsal whether writes to the source are reported instead of failing the run
 */
public record RunRequest(
    String name,
    DatabaseAddress source,
    DatabaseAddress target,
    Pipeline pipeline,
    Path stateDirectory,
    Path dumpDirectory,
    Path runtimeDirectory,
    SourceKind kind,
    boolean rehearsal) {

  public RunRequest {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    requireNonNull(pipeline, "pipeline is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(dumpDirectory, "dumpDirectory is null");
    requireNonNull(runtimeDirectory, "runtimeDirectory is null");
  }

  /** A run that is no rehearsal, of a source of which nobody said what it is. */
  public RunRequest(
      String name,
      DatabaseAddress source,
      DatabaseAddress target,
      Pipeline pipeline,
      Path stateDirectory,
      Path dumpDirectory,
      Path runtimeDirectory) {
    this(
        name,
        source,
        target,
        pipeline,
        stateDirectory,
        dumpDirectory,
        runtimeDirectory,
        null,
        false);
  }

  /** The same with another pipeline. */
  public RunRequest with(Pipeline other) {
    return new RunRequest(
        name,
        source,
        target,
        other,
        stateDirectory,
        dumpDirectory,
        runtimeDirectory,
        kind,
        rehearsal);
  }

  /** The same for a source of which somebody said what it is. */
  public RunRequest with(SourceKind said) {
    return new RunRequest(
        name,
        source,
        target,
        pipeline,
        stateDirectory,
        dumpDirectory,
        runtimeDirectory,
        said,
        rehearsal);
  }

  /** The same as a rehearsal or not. */
  public RunRequest with(boolean rehearse) {
    return new RunRequest(
        name,
        source,
        target,
        pipeline,
        stateDirectory,
        dumpDirectory,
        runtimeDirectory,
        kind,
        rehearse);
  }

  /** One of the two servers, with its passwords. */
  Server server(Side side, PasswordSource passwords, Cancellation cancellation) {
    boolean isSource = side == Side.SOURCE;
    return new Server(
        side,
        isSource ? source : target,
        () -> (isSource ? passwords.source() : passwords.target()).value(),
        runtimeDirectory,
        cancellation);
  }
}
