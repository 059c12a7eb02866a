package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.compare.CatalogueComparison;
import dev.tsferry.runner.dump.DataDump.TableRows;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.AtOnce;
import dev.tsferry.runner.stream.proof.StreamProof;
import dev.tsferry.runner.timescaledb.ChunkTables;
import dev.tsferry.runner.timescaledb.Guide;
import dev.tsferry.runner.timescaledb.TimescaleComparison;
import dev.tsferry.runner.verify.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Counts every table's rows on both sides and compares sequences, large objects and the catalogues;
 * the run's exit code depends on it. Writes nothing, and is done at every attempt.
 */
final class VerifyStep implements Step {
  private static final int SHOWN = 20;

  private final Workspace workspace;

  VerifyStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return "verify";
  }

  @Override
  public String title() {
    return "compare both databases";
  }

  @Override
  public Optional<String> skip() {
    return workspace.pipeline().verify() == VerifyLevel.NONE
        ? Optional.of("the plan asks for no verification")
        : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    if (workspace.guide() == Guide.TIMESCALEDB) {
      // A job that drops a chunk now would look like a loss.
      workspace.jobs().pause();
    }
    Map<TableName, Long> dumped = carried();
    AtomicReference<CatalogueComparison.Result> compared = new AtomicReference<>();
    AtomicReference<Optional<StreamProof.Result>> digested = new AtomicReference<>();
    AtOnce.all(List.of(() -> compared.set(catalogues()), () -> digested.set(proof(context))));
    CatalogueComparison.Result catalogues = compared.get();
    workspace.differences(catalogues.differences());
    Set<String> handedOver =
        catalogues.of(Difference.Verdict.HANDED_OVER).stream()
            .map(Difference::object)
            .collect(Collectors.toSet());
    Optional<StreamProof.Result> proof = digested.get();
    Comparison.Result result =
        new Comparison(
                workspace.source(),
                workspace.target(),
                dumped,
                handedOver,
                workspace.merger()::rootOf,
                workspace.pipeline().verify() == VerifyLevel.ESTIMATES)
            .knowing(known(proof))
            .compare(
                (table, done, total) -> context.progress(table.toString(), done, total, "table"));
    workspace.tables(result.tables());
    result.remarks().forEach(context::warn);
    if (workspace.pipeline().verify() == VerifyLevel.ESTIMATES) {
      context.warn(
          "rows were estimated, not counted, as the plan asks: a table that lacks less than a tenth of its rows would not be noticed");
    }
    List<String> differences = new ArrayList<>();
    proof.ifPresent(proven -> differences.addAll(proven.differences()));
    result.differences().stream()
        .filter(text -> proof.isEmpty() || !isTold(text, proof.get()))
        .forEach(differences::add);
    catalogues.wrong().forEach(difference -> differences.add(inWords(difference)));
    String more = "";
    if (workspace.guide() == Guide.TIMESCALEDB) {
      TimescaleComparison.Result inside =
          new TimescaleComparison(workspace.source(), workspace.target()).compare();
      differences.addAll(inside.differences());
      if (!inside.aggregates().isEmpty()) {
        context.info("continuous aggregates carried: " + String.join(", ", inside.aggregates()));
      }
      more =
          ", %s, %s"
              .formatted(Counted.of(inside.chunks(), "chunk"), Counted.of(inside.jobs(), "job"));
    }
    new WriteVerdict(workspace, context).judge(result.tables(), differences);
    if (proof.isPresent()) {
      more += ", and every row by its digest";
    }
    long rows = result.tables().stream().mapToLong(TableCount::targetRows).sum();
    long hypertables = result.tables().stream().filter(TableCount::hypertable).count();
    return "%s, %s, %s, %s are equal; %s%s, %s handed over"
        .formatted(
            Counted.of(result.tables().size(), "table"),
            Counted.of(rows, "row"),
            Counted.of(result.sequences(), "sequence"),
            Counted.of(catalogues.objects(), "object"),
            Counted.of(hypertables, "hypertable"),
            more,
            Counted.of(catalogues.of(Difference.Verdict.HANDED_OVER).size(), "object"));
  }

  /** The rows of each table when they were read from the source, as far as known. */
  private Map<TableName, Long> carried() throws IOException {
    Map<TableName, Long> rows = read();
    if (!workspace.isTimescale()) {
      return rows;
    }
    ChunkTables chunks;
    try (Session target = workspace.target().visit(id())) {
      chunks = ChunkTables.of(target);
    }
    Map<TableName, Long> ofHypertables = new HashMap<>();
    rows.forEach((name, count) -> ofHypertables.merge(chunks.hypertable(name), count, Long::sum));
    // Of these some rows were read in batches.
    ofHypertables.keySet().removeAll(chunks.withCompressedRows());
    return ofHypertables;
  }

  private Map<TableName, Long> read() throws IOException {
    if (workspace.pipeline().dataMode() == DataMode.STREAM) {
      return workspace.streamed().stream()
          .collect(
              Collectors.toMap(
                  table -> new TableName(table.schema(), table.table()), StreamedTable::rows));
    }
    return workspace
        .manifest()
        .map(
            manifest ->
                manifest.tables().stream()
                    .collect(Collectors.toMap(TableRows::table, TableRows::rows, Long::sum)))
        .orElse(Map.of());
  }

  private CatalogueComparison.Result catalogues() {
    return CatalogueComparison.compare(workspace.source(), workspace.target(), workspace.skipped());
  }

  /** What digests say, where the plan asks for them. */
  private Optional<StreamProof.Result> proof(StepContext context) throws InterruptedException {
    return workspace.pipeline().verify() == VerifyLevel.FULL
        ? Optional.of(workspace.stream().prove(context))
        : Optional.empty();
  }

  // A table that differs by its digest need not be told again for its count.
  private static boolean isTold(String difference, StreamProof.Result proof) {
    return proof.tables().stream()
        .anyMatch(table -> !table.matches() && difference.startsWith(table.table() + " has "));
  }

  private Comparison.Known known(Optional<StreamProof.Result> proof) {
    if (proof.isEmpty()) {
      return Comparison.Known.NOTHING;
    }
    Map<TableName, Long> sourceRows = new HashMap<>();
    Map<TableName, Long> targetRows = new HashMap<>();
    for (StreamProof.ProvenTable table : proof.get().tables()) {
      sourceRows.put(table.table(), table.read().rows());
      targetRows.put(table.table(), table.found().rows());
    }
    return new Comparison.Known(
        sourceRows, targetRows, proof.get().sourceHeaps(), proof.get().targetHeaps());
  }

  private static String inWords(Difference difference) {
    return "%s %s: %s".formatted(difference.kind(), difference.object(), difference.detail());
  }

  static MigrationException different(List<String> differences, String known) {
    List<String> shown = differences.subList(0, Math.min(SHOWN, differences.size()));
    String more =
        differences.size() > SHOWN ? "\n  and %d more".formatted(differences.size() - SHOWN) : "";
    return new MigrationException(
        ErrorCode.DIFFERENCES_FOUND,
        "comparing both databases found %d differences; %s:\n  %s%s"
            .formatted(differences.size(), known, String.join("\n  ", shown), more),
        "stop what writes to the source; if it was written to, \"tsferry rollback\" and begin anew",
        "run again to compare again");
  }
}
