package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DataDump.TableRows;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.load.ExtensionTables;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Loads all rows, large objects and sequence values.
 *
 * <p>Effect: the rows and the step's row in the ledger, in one transaction, so that a second load
 * can't double the rows of a table without a key. Repeat: nothing, once the row is there.
 */
final class DataStep implements Step {
  private static final String ID = "data";
  private static final String LOOKING = "looking which tables the target has";

  private final Workspace workspace;

  DataStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return workspace.pipeline().dataMode() == DataMode.STREAM
        ? "load sequences and large objects"
        : "load the rows";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    DumpManifest manifest = SchemaStep.manifest(workspace);
    ExtensionTables extensions = leaveOut(context, manifest);
    List<TableRows> loaded =
        manifest.tables().stream().filter(t -> !extensions.isOutOfReach(t.table())).toList();
    String done =
        workspace.pipeline().dataMode() == DataMode.STREAM
            ? "sequences and large objects"
            : "%s in %s"
                .formatted(
                    Counted.of(loaded.stream().mapToLong(TableRows::rows).sum(), "row"),
                    Counted.of(loaded.size(), "table"));
    if (workspace.pipeline().transfer().parallel() || workspace.ledger().isBegun(ID)) {
      try (Session target = workspace.target().visit(ID + "-tables")) {
        new ParallelLoad(workspace, manifest, context)
            .load(isThere(target, extensions), isSequence(target));
      }
      return done + ", %d at a time".formatted(workspace.pipeline().transfer().jobs());
    }
    Path file = loadable(extensions, loaded.size() < manifest.tables().size());
    AtomicInteger copied = new AtomicInteger();
    try (TargetWatch watch =
        new TargetWatch(
            workspace.target(),
            ID,
            now -> progress(context, manifest, copied.get(), now.copiedBytes()))) {
      new PsqlLoad(workspace)
          .load(
              ID,
              file,
              "",
              line -> {
                if (line.startsWith("COPY ")) {
                  copied.incrementAndGet();
                  watch.statementDone();
                }
              });
    }
    if (!file.equals(workspace.dump().file(DumpDirectory.DATA))) {
      Files.delete(file);
    }
    return done;
  }

  private ExtensionTables leaveOut(StepContext context, DumpManifest manifest) {
    try (Session source = workspace.source().visit(ID);
        Session target = workspace.target().visit(ID)) {
      ExtensionTables extensions = ExtensionTables.of(source, target, workspace.skipped());
      List<StatementChange> left = extensions.leftOut(ID, manifest.tables());
      workspace.ledger().replaceChanges(ID, left);
      left.forEach(
          change ->
              context.warn("not loaded: %s: %s".formatted(change.statement(), change.reason())));
      return extensions;
    }
  }

  // Where the target's user could not make a table, the rows of the others are loaded all the same.
  private Path loadable(ExtensionTables extensions, boolean leavesOut) throws IOException {
    try (Session target = workspace.target().visit(ID)) {
      boolean refused =
          workspace.ledger().changes().stream()
              .anyMatch(change -> change.kind() == StatementChange.Kind.REFUSED);
      return refused || leavesOut
          ? workspace.dump().loadable(isThere(target, extensions), isSequence(target))
          : workspace.dump().file(DumpDirectory.DATA);
    }
  }

  private static Predicate<TableName> isThere(Session target, ExtensionTables extensions) {
    return table ->
        !extensions.isOutOfReach(table)
            && target.isTrue(
                LOOKING,
                "select pg_catalog.to_regclass(format('%I.%I', ?::text, ?::text)) is not null",
                table.schema(),
                table.name());
  }

  private static Predicate<String> isSequence(Session target) {
    return sequence ->
        target.isTrue(LOOKING, "select pg_catalog.to_regclass(%s) is not null".formatted(sequence));
  }

  private static void progress(
      StepContext context, DumpManifest manifest, int copied, long copiedBytes) {
    List<TableRows> tables = manifest.tables();
    long done = tables.stream().limit(copied).mapToLong(TableRows::bytes).sum();
    if (copied < tables.size()) {
      TableRows current = tables.get(copied);
      done += Math.min(copiedBytes, current.bytes());
      context.progress(current.table().toString(), done, manifest.rowBytes(), "byte");
    }
  }
}
