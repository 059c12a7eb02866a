package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.CatalogueReport.Rows;
import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.compare.CatalogueComparison;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.preflight.SkippedExtensions;
import dev.tsferry.runner.stream.StreamCopy;
import dev.tsferry.runner.stream.proof.RowComparison;
import dev.tsferry.runner.stream.proof.StreamProof.ProvenTable;
import dev.tsferry.runner.stream.table.StreamCatalog;
import dev.tsferry.runner.verify.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares all rows, sequences and large objects of two databases outside of a run. */
final class RowCheck {
  private final Server source;
  private final Server target;
  private final SkippedExtensions skipped;
  private final List<Difference> differences = new ArrayList<>();

  RowCheck(Server source, Server target, SkippedExtensions skipped) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.skipped = requireNonNull(skipped, "skipped is null");
  }

  /** What differs; known after {@link #compare}. */
  List<Difference> differences() {
    return List.copyOf(differences);
  }

  /**
   * Reads both sides.
   *
   * @param schemas what the comparison of the catalogues found
   * @return what was compared; empty where columns don't go together, which is a difference too
   */
  Optional<Rows> compare(CatalogueComparison.Result schemas, StepContext context)
      throws IOException, InterruptedException {
    RowRoutes routes = RowRoutes.between(source, target);
    routes
        .lost()
        .forEach(view -> add("rows of", view.toString(), "no continuous aggregate on the target"));
    try {
      return Optional.of(compare(schemas, routes, context));
    } catch (MigrationException e) {
      if (e.code() != ErrorCode.STATE_MISMATCH) {
        throw e;
      }
      add("rows of", "all tables", "not compared: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Rows compare(CatalogueComparison.Result schemas, RowRoutes routes, StepContext context)
      throws IOException, InterruptedException {
    RowComparison.Result rows =
        new RowComparison(
                source,
                target,
                StreamCopy.defaultJobs(),
                new StreamCatalog.Scope(routes::rootOf, skipped, StreamCatalog.Chunks.PARTS))
            .compare(context);
    Set<String> told = new HashSet<>();
    rows.different()
        .forEach(
            table -> {
              add("rows of", routes.known(table.table()).toString(), table.detail());
              told.add(table.table() + " has ");
            });
    Set<String> handedOver =
        schemas.of(Difference.Verdict.HANDED_OVER).stream()
            .map(Difference::object)
            .collect(Collectors.toSet());
    Comparison.Result rest =
        new Comparison(source, target, Map.of(), handedOver, routes::rootOf, false)
            .knowing(known(rows))
            .compare((table, done, total) -> {});
    rest.differences().stream()
        .filter(text -> told.stream().noneMatch(text::startsWith))
        .forEach(text -> add("contents", "all", text));
    rest.remarks()
        .forEach(
            text ->
                differences.add(
                    new Difference(
                        "contents", "all", text, Difference.Verdict.EXPECTED, "no loss")));
    return new Rows(
        rest.tables().size(), rest.tables().stream().mapToLong(TableCount::sourceRows).sum());
  }

  private void add(String kind, String object, String detail) {
    differences.add(new Difference(kind, object, detail, Difference.Verdict.WRONG, ""));
  }

  private static Comparison.Known known(RowComparison.Result rows) {
    Map<TableName, Long> sourceRows = new HashMap<>();
    Map<TableName, Long> targetRows = new HashMap<>();
    for (ProvenTable table : rows.proof().tables()) {
      sourceRows.put(table.table(), table.read().rows());
      targetRows.put(table.table(), table.found().rows());
    }
    return new Comparison.Known(
        sourceRows, targetRows, rows.proof().sourceHeaps(), rows.proof().targetHeaps());
  }
}
