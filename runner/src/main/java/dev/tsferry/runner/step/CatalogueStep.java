package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.Guide;
import dev.tsferry.runner.timescaledb.TimescaleDump;
import dev.tsferry.runner.timescaledb.TimescaleDump.CatalogueTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Loads the rows of TimescaleDB's own catalogue before those of the chunks that it speaks of, in
 * data mode stream: a target that is left in the middle has hypertables that know their chunks.
 *
 * <p>Effect: the rows and the step's row in the ledger, in one transaction. Repeat: with a new
 * snapshot the rows are replaced by those of its moment, as long as rows are copied; jobs, which
 * refer to them, come later.
 */
final class CatalogueStep implements Step {
  static final String ID = "catalogue";

  private final Workspace workspace;

  CatalogueStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "load TimescaleDB's catalogue";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.guide() != Guide.TIMESCALEDB) {
      return Optional.of("the source is no TimescaleDB database");
    }
    return workspace.ledger().isDone(CopyStep.ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    DumpManifest manifest = SchemaStep.manifest(workspace);
    AtomicInteger tables = new AtomicInteger();
    new PsqlLoad(workspace)
        .load(
            ID,
            takenBack(),
            workspace.dump().file(DumpDirectory.CATALOGUE),
            // The moment of the dump, by which this load is told from an earlier one.
            String.valueOf(manifest.takenAt().toEpochMilli()),
            line -> {
              if (line.startsWith("COPY ")) {
                tables.incrementAndGet();
              }
            });
    return Counted.of(tables.get(), "table");
  }

  /** What takes back an earlier load: rows that refer to others go first. */
  private List<String> takenBack() throws IOException {
    if (!workspace.ledger().isDone(ID)) {
      return List.of();
    }
    Map<TableName, CatalogueTable> catalogue;
    try (Session target = workspace.target().connect(ID)) {
      catalogue =
          TimescaleDump.catalogue(target).stream()
              .collect(Collectors.toMap(CatalogueTable::table, Function.identity()));
    }
    List<String> statements = new ArrayList<>();
    for (TableName table : workspace.dump().tables(DumpDirectory.CATALOGUE)) {
      CatalogueTable own = catalogue.get(table);
      // Else it would take along what is the target's own.
      if (!own.replaces()) {
        statements.add("delete from %s %s".formatted(own.quoted(), own.condition()));
      }
    }
    Collections.reverse(statements);
    statements.add(0, "delete from tsferry.step where step = '%s'".formatted(ID));
    return statements;
  }
}
