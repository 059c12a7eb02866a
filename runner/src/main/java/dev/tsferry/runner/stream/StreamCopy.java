package dev.tsferry.runner.stream;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.DataDump.TableRows;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.quiesce.SourceWrites;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.build.EarlyBuilds;
import dev.tsferry.runner.stream.build.KeysInTheWay;
import dev.tsferry.runner.stream.copy.CopyWorkers;
import dev.tsferry.runner.stream.copy.Pace;
import dev.tsferry.runner.stream.copy.ReadingBack;
import dev.tsferry.runner.stream.copy.StreamSettings;
import dev.tsferry.runner.stream.copy.UnitsLeft;
import dev.tsferry.runner.stream.proof.EarlyDigests;
import dev.tsferry.runner.stream.proof.ReadBack;
import dev.tsferry.runner.stream.proof.StreamProof;
import dev.tsferry.runner.stream.table.RowFormat;
import dev.tsferry.runner.stream.table.SourceHeap;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Copies all rows of one snapshot, and goes on where an earlier attempt ended. */
public final class StreamCopy {
  private static final int FEWEST_JOBS = 2;
  private static final int MOST_JOBS = 8;
  // A target that crashes after a commit may have lost it; what is missing is copied again.
  private static final int ROUNDS = 5;

  private final Server source;
  private final Server target;
  private final Stream options;
  private final StreamCatalog.Scope scope;
  private final EarlyDigests early;
  private final UnitLedger ledger;

  /**
   * @param early what the copy reads back, for the proof
   */
  public StreamCopy(
      Server source, Server target, Stream options, StreamCatalog.Scope scope, EarlyDigests early) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.scope = scope;
    this.early = early;
    this.ledger = new UnitLedger(target);
  }

  /**
   * What was copied, by this attempt and those before.
   *
   * @param bytes of rows on the wire
   * @param text tables whose rows went as text
   */
  public record Summary(int tables, int units, long rows, long bytes, int text) {}

  /**
   * What goes on around the rows.
   *
   * @param ledger the run's
   * @param postData what is built of tables whose rows are there, while others are copied
   * @param pace how fast the rows may go, and until when
   * @param beforeRetry what must hold before lost work is tried again
   * @param onRowsThere called when all rows are on the target, by the time its server says that
   *     they are: the source is needed no more; with the rows of extensions' tables that were left
   *     out, since only the target's platform may write them
   * @param readsBack whether tables are read back for the proof as soon as they are complete
   */
  public record Around(
      Ledger.Run run,
      Ledger ledger,
      List<TableStatement> postData,
      Pace pace,
      Runnable beforeRetry,
      Consumer<List<TableRows>> onRowsThere,
      boolean readsBack) {
    public Around {
      postData = List.copyOf(postData);
    }
  }

  /** How many units are copied at a time. */
  public int jobs() {
    return options.jobs() > 0 ? options.jobs() : defaultJobs();
  }

  /** How many units are read at a time where nobody says how many. */
  public static int defaultJobs() {
    return Math.max(FEWEST_JOBS, Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Copies what is not there yet.
   *
   * @param snapshot held until the rows are there
   */
  public Summary copy(ExportedSnapshot snapshot, Around around, StepContext context)
      throws InterruptedException {
    Seen seen = seen(snapshot, around.postData());
    StreamCatalog catalog = seen.catalog();
    if (!catalog.missing().isEmpty()) {
      context.warn(
          "not copied, since the target has no such table: "
              + String.join(", ", catalog.missing()));
    }
    FixedUnits fixed = FixedUnits.of(ledger, catalog, options, jobs());
    Map<Integer, StreamTable> tables = fixed.tables();
    List<Unit> units = fixed.units();
    tell(context, tables, catalog.chunks());
    Map<Integer, Copied> copied = ledger.copied();
    new KeysInTheWay(target, around.ledger())
        .drop(around.postData(), fixed.lacking(copied.keySet()));
    AtomicBoolean there = new AtomicBoolean();
    for (int round = 0; !there.get(); round++) {
      if (round == ROUNDS) {
        throw new MigrationException(
            ErrorCode.TARGET_FAILED,
            "copying the rows: the target lost what it had committed, again and again",
            "look why the target crashes, then run again");
      }
      Runnable onRowsThere =
          () -> {
            ledger.makeDurable();
            if (ledger.copied().size() == units.size()) {
              around.onRowsThere().accept(seen.leftOut());
              there.set(true);
            }
          };
      UnitsLeft left = new UnitsLeft(tables, units, copied);
      if (left.isNone()) {
        onRowsThere.run();
      }
      CopyWorkers.Options how =
          new CopyWorkers.Options(
              jobs(), around.pace(), snapshot, around.run(), around.beforeRetry(), onRowsThere);
      new CopyWorkers(source, target, how, context)
          .copy(
              left,
              seen.builds().of(tables.values(), around.ledger()),
              readBack(around.readsBack(), catalog.chunks()));
      copied = ledger.copied();
    }
    return summary(fixed, copied);
  }

  private static Summary summary(FixedUnits fixed, Map<Integer, Copied> copied) {
    return new Summary(
        fixed.tables().size(),
        fixed.units().size(),
        copied.values().stream().mapToLong(unit -> unit.digest().rows()).sum(),
        copied.values().stream().mapToLong(Copied::bytes).sum(),
        (int) fixed.tables().values().stream().filter(t -> t.format() == RowFormat.TEXT).count());
  }

  private Optional<ReadingBack> readBack(boolean wanted, ChunkTables chunks) {
    return wanted
        ? Optional.of(new ReadBack(target, options, jobs(), chunks, early))
        : Optional.empty();
  }

  private record Seen(StreamCatalog catalog, List<TableRows> leftOut, EarlyBuilds builds) {}

  // A table's size is not told without a lock, which only the snapshot's session is sure to have.
  private Seen seen(ExportedSnapshot snapshot, List<TableStatement> postData)
      throws InterruptedException {
    try {
      return snapshot.lend(
          session -> {
            StreamSettings.reading(session);
            StreamCatalog catalog = catalog(session);
            return new Seen(
                catalog,
                counted(session, catalog.unwritable()),
                new EarlyBuilds(postData, session));
          });
    } catch (SQLException e) {
      throw ServerErrors.working(source.side(), "looking at the source's tables", e);
    }
  }

  private static List<TableRows> counted(Session session, List<SourceHeap> unwritable) {
    return unwritable.stream()
        .map(
            heap ->
                new TableRows(
                    heap.name(),
                    session.number(
                        "counting the rows of " + heap.name(),
                        "select pg_catalog.count(*) from only %s %s"
                            .formatted(heap.quoted(), heap.filter())),
                    heap.bytes()))
        .toList();
  }

  /**
   * Finds out which of the rows that an earlier attempt copied still hold in a new snapshot; others
   * are removed, to be copied again. To be called before the quiesce baseline is replaced.
   *
   * @param writes what was written to the source since the earlier snapshot
   */
  public void forgetMoved(String snapshot, StepContext context, Supplier<SourceWrites.Found> writes)
      throws InterruptedException {
    if (ledger.tables().isEmpty()) {
      return;
    }
    try (Session session = source.connect("copy")) {
      StreamSettings.inSnapshot(session, snapshot);
      StreamCatalog catalog = catalog(session);
      SourceWrites.Found since = writes.get();
      new Resumption(ledger, session, catalog, since.signs(), since.known()).forgetMoved(context);
    }
  }

  /** Reads the target back and compares it with what was copied. */
  public StreamProof.Result prove(StepContext context) throws InterruptedException {
    return new StreamProof(source, target, options, jobs(), scope, early).prove(context);
  }

  private StreamCatalog catalog(Session inSnapshot) {
    try (Session session = target.visit("copy")) {
      return StreamCatalog.read(inSnapshot, session, scope);
    }
  }

  private void tell(StepContext context, Map<Integer, StreamTable> tables, ChunkTables chunks) {
    // A hypertable is told once, however many chunks it has.
    Set<String> text = new TreeSet<>();
    long ofHypertables = 0;
    for (StreamTable table : tables.values()) {
      TableName name = chunks.hypertable(table.name());
      ofHypertables += name.equals(table.name()) ? 0 : 1;
      if (table.format() == RowFormat.TEXT) {
        text.add("%s (%s)".formatted(name, table.reason()));
      }
    }
    context.info(
        "%s by %d workers%s"
            .formatted(
                ofHypertables == 0
                    ? Counted.of(tables.size(), "table")
                    : "%s and %s"
                        .formatted(
                            Counted.of(tables.size() - ofHypertables, "table"),
                            Counted.of(ofHypertables, "chunk")),
                jobs(),
                text.isEmpty()
                    ? ", all in binary"
                    : "; as text, since binary would not keep the"
                        + " values: "
                        + String.join(", ", text)));
  }
}
