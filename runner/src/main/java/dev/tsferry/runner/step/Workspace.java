package dev.tsferry.runner.step;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.dump.Merger;
import dev.tsferry.runner.handover.HandoverLedger;
import dev.tsferry.runner.handover.HandoverScript;
import dev.tsferry.runner.handover.HandoverStatement;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SkippedExtensions;
import dev.tsferry.runner.process.ProcessRunner;
import dev.tsferry.runner.quiesce.QuietSource;
import dev.tsferry.runner.quiesce.ReadOnlySource;
import dev.tsferry.runner.quiesce.SourceWrites;
import dev.tsferry.runner.state.ChangeNotes;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.state.RunDirectory;
import dev.tsferry.runner.state.RunLock;
import dev.tsferry.runner.state.RunPause;
import dev.tsferry.runner.stream.StreamCopy;
import dev.tsferry.runner.stream.proof.EarlyDigests;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.stream.table.StreamCatalog.Chunks;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.timescaledb.Guide;
import dev.tsferry.runner.timescaledb.JobPause;
import dev.tsferry.runner.timescaledb.Partitions;
import dev.tsferry.runner.timescaledb.RestoreMode;
import dev.tsferry.runner.undo.TemporaryChanges;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the steps of one attempt share: both servers, the programs, the files, the ledger; and what
 * one step finds out for the next.
 */
public final class Workspace implements AutoCloseable {
  private final String name;
  private final Pipeline pipeline;
  private final Server source;
  private final Server target;
  private final RunLock lock;
  private final ProcessRunner processes;
  private final RunDirectory directory;
  private final DumpDirectory dump;
  private final Ledger ledger;
  private final QuietSource quiet;
  private final ChangeNotes notes;
  private final ReadOnlySource readOnly;
  private final boolean rehearsal;
  private final EarlyDigests earlyDigests = new EarlyDigests();
  private ClientPrograms programs;
  private SourceKind kind;
  private Ledger.Run run;
  private Guide guide;
  private ExportedSnapshot snapshot;
  private Merger merger;
  private List<TableCount> tables = List.of();
  private List<Difference> differences = List.of();

  public Workspace(
      String name,
      Pipeline pipeline,
      Server source,
      Server target,
      ProcessRunner processes,
      RunDirectory directory,
      DumpDirectory dump,
      boolean rehearsal) {
    this.name = requireNonNull(name, "name is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.processes = requireNonNull(processes, "processes is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.dump = requireNonNull(dump, "dump is null");
    this.lock = new RunLock(target);
    this.ledger = new Ledger(target);
    this.quiet =
        new QuietSource(source, target, pipeline.quiesce(), pipeline.dataMode() == DataMode.STREAM);
    this.notes = new ChangeNotes(directory.path());
    this.readOnly = new ReadOnlySource(source, target, notes);
    this.rehearsal = rehearsal;
  }

  String name() {
    return name;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Server source() {
    return source;
  }

  Server target() {
    return target;
  }

  public RunLock lock() {
    return lock;
  }

  ProcessRunner processes() {
    return processes;
  }

  RunPause pause() {
    return new RunPause(directory.path());
  }

  RunDirectory directory() {
    return directory;
  }

  DumpDirectory dump() {
    return dump;
  }

  public Ledger ledger() {
    return ledger;
  }

  QuietSource quiet() {
    return quiet;
  }

  SourceWrites writes() {
    return new SourceWrites(source, target, pipeline.quiesce());
  }

  /** Makes the source read-only where the plan says so. */
  public ReadOnlySource readOnly() {
    return readOnly;
  }

  boolean rehearsal() {
    return rehearsal;
  }

  ClientPrograms programs() {
    return requireNonNull(programs, "preflight didn't look for the programs");
  }

  void programs(ClientPrograms found) {
    programs = found;
  }

  /** The run as the ledger has it; known after preflight. */
  public Ledger.Run run() {
    return requireNonNull(run, "preflight didn't make the run");
  }

  void run(Ledger.Run made) {
    run = made;
  }

  /** What the plan says that the source is, or null where there is no plan. */
  SourceKind kind() {
    return kind;
  }

  public void kind(SourceKind planned) {
    kind = planned;
  }

  /** The procedure that the run follows; known after preflight. */
  Guide guide() {
    return requireNonNull(guide, "preflight didn't choose the guide");
  }

  boolean isTimescale() {
    return guide() == Guide.TIMESCALEDB;
  }

  void guide(Guide chosen) {
    guide = chosen;
  }

  /** The source's partitions and heirs that are carried as parts of hypertables. */
  synchronized Merger merger() {
    if (merger == null) {
      try (Session session = source.visit("partitions")) {
        merger = Partitions.of(session, pipeline.hypertables());
      }
    }
    return merger;
  }

  /** What copies the rows in data mode stream. */
  StreamCopy stream() {
    return new StreamCopy(
        source,
        target,
        pipeline.streaming(),
        new StreamCatalog.Scope(
            name -> merger().rootOf(name), skipped(), isTimescale() ? Chunks.TABLES : Chunks.NONE),
        earlyDigests);
  }

  /**
   * Whether the rows are on the target, in data mode stream. A crash empties unlogged tables; until
   * the rest of the schema is there, their rows can be copied again.
   */
  boolean rowsAreThere() {
    return ledger.isDone(CopyStep.ID)
        && (ledger.isDone(SchemaStep.POST_DATA) || emptied().isEmpty());
  }

  /** Tables whose rows the target has lost since they were copied. */
  List<String> emptied() {
    return new UnitLedger(target).lacking();
  }

  /** How each table was copied, of data mode stream. */
  public List<StreamedTable> streamed() {
    return pipeline.dataMode() == DataMode.STREAM ? new UnitLedger(target).report() : List.of();
  }

  /** Keeps the snapshot, with the locks that its session holds, for the step that copies. */
  void keep(ExportedSnapshot exported) {
    snapshot = exported;
  }

  /** The snapshot that was kept; whoever takes it closes it. */
  ExportedSnapshot takeSnapshot() {
    ExportedSnapshot taken = requireNonNull(snapshot, "the dump kept no snapshot");
    snapshot = null;
    return taken;
  }

  /** The manifest of this run's dump, where the dump is complete. */
  Optional<DumpManifest> manifest() throws IOException {
    return dump.manifest(run().id().toString());
  }

  /** Writes the script of what is left to a person, where there is anything. */
  public void writeHandover() throws IOException {
    List<HandoverStatement> left = HandoverLedger.read(target);
    if (!left.isEmpty()) {
      directory.writeHandover(HandoverScript.text(left));
    }
  }

  /** Every table with its rows on both sides; empty until they were counted. */
  public List<TableCount> tables() {
    return tables;
  }

  void tables(List<TableCount> counted) {
    tables = List.copyOf(counted);
  }

  /** The source's extensions that stay behind. */
  SkippedExtensions skipped() {
    return SkippedExtensions.with(pipeline.skipExtensions());
  }

  /** The source's background jobs. */
  JobPause jobs() {
    return new JobPause(source, target, notes);
  }

  /** The target's restore mode. */
  RestoreMode restoreMode() {
    return new RestoreMode(target, notes);
  }

  /** Everything that is changed for the time of the run. */
  public TemporaryChanges temporaryChanges() {
    return new TemporaryChanges(source, target, directory.path());
  }

  /** Every difference between the catalogues; empty until they were compared. */
  public List<Difference> differences() {
    return differences;
  }

  void differences(List<Difference> found) {
    differences = List.copyOf(found);
  }

  /** Lets go of the lock. */
  @Override
  public void close() {
    if (snapshot != null) {
      takeSnapshot().close();
    }
    lock.close();
  }
}
