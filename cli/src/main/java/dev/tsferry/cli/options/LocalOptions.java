package dev.tsferry.cli.options;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Quiesce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a run without AWS is told on the command line, since it has no plan. */
public final class LocalOptions {
  @Option(
      names = "--local",
      required = true,
      description =
          "Run on this machine, without AWS and without a plan, from $SOURCE to $TARGET (postgres:// URIs or keyword=value strings).")
  private boolean local;

  @Option(
      names = "--hypertable",
      paramLabel = "SCHEMA.TABLE:COLUMN[:INTERVAL]",
      converter = HypertableConverter.class,
      description = "Make this table a hypertable on the target. Repeatable.")
  private List<Hypertable> hypertables = new ArrayList<>();

  @Option(
      names = "--move-target-timescaledb",
      description =
          "Drop the empty target's extension timescaledb and make it anew in the version of a TimescaleDB source.")
  private boolean moveTargetTimescaledb;

  @Option(
      names = "--client-major",
      paramLabel = "MAJOR",
      description =
          "Major version of the client programs to use (default: the newest installed that fits).")
  private Integer clientMajor;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the run is called (default: the source's database).")
  private String name;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Where journal, dump, log and report go; the same one takes a run up again (default: .tsferry/NAME).")
  private Path state;

  @ArgGroup(exclusive = false)
  private CarryOptions carry = new CarryOptions();

  @ArgGroup(exclusive = false)
  private QuiesceOptions quiesce = new QuiesceOptions();

  public boolean local() {
    return local;
  }

  public List<Hypertable> hypertables() {
    return List.copyOf(hypertables);
  }

  public CarryOptions carry() {
    return carry;
  }

  public boolean moveTargetTimescaledb() {
    return moveTargetTimescaledb;
  }

  public Optional<Integer> clientMajor() {
    return Optional.ofNullable(clientMajor);
  }

  /**
   * The name that was given.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if it is no name
   */
  public Optional<String> name() {
    OptionChecks.name(name);
    return Optional.ofNullable(name);
  }

  public Quiesce quiesce() {
    return quiesce.quiesce();
  }

  public Optional<Path> state() {
    return Optional.ofNullable(state);
  }
}
