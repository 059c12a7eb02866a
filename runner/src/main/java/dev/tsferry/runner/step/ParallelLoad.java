package dev.tsferry.runner.step;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Loads the rows of several tables at a time: each table's in a transaction of its own that begins
 * with the table's row in the ledger, so that whatever is killed, each table is loaded once.
 * TimescaleDB's catalogue comes first and alone, since it can't be loaded concurrently; large
 * objects and sequence values come last, with the step's own row.
 */
final class ParallelLoad {
  private static final String STEP = "data";
  private static final Duration ORPHANS_END_WITHIN = Duration.ofSeconds(60);

  private final Workspace workspace;
  private final DumpManifest manifest;
  private final StepContext context;
  private final AtomicInteger tablesDone = new AtomicInteger();

  ParallelLoad(Workspace workspace, DumpManifest manifest, StepContext context) {
    this.workspace = workspace;
    this.manifest = manifest;
    this.context = context;
  }

  /**
   * Loads what isn't loaded yet.
   *
   * @param tables that the target has
   * @param sequences that the target has, as literals of SQL
   */
  void load(Predicate<TableName> tables, Predicate<String> sequences)
      throws IOException, InterruptedException {
    endOrphans();
    String digest = manifest.files().get(DumpDirectory.DATA).sha256();
    List<Integer> before = loadedBefore(digest);
    tablesDone.set(before.size());
    DumpDirectory.Parts parts =
        workspace
            .dump()
            .parts(
                manifest.tables(),
                workspace.pipeline().transfer().jobs(),
                table -> Ledger.recordStatement(workspace.run(), STEP + "-" + table, digest),
                table -> !before.contains(table),
                tables,
                sequences);
    try {
      new PsqlLoad(workspace).loadTables(STEP, parts.first(), this::line);
      atATime(parts.atATime());
      new PsqlLoad(workspace).load(STEP, parts.last(), "", line -> {});
    } finally {
      for (Path part : parts.all()) {
        Files.deleteIfExists(part);
      }
    }
  }

  private void line(String line) {
    if (line.startsWith("COPY ")) {
      context.progress("tables", tablesDone.incrementAndGet(), manifest.tables().size(), "table");
    }
  }

  // All of them end, well or not, before the first failure is told: none may go on by itself.
  private void atATime(List<Path> files) throws IOException, InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(files.size());
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (Path file : files) {
        running.add(
            executor.submit(
                () -> {
                  new PsqlLoad(workspace).loadTables(STEP, file, this::line);
                  return null;
                }));
      }
      Exception first = null;
      for (Future<Void> part : running) {
        try {
          part.get();
        } catch (ExecutionException e) {
          first = first == null && e.getCause() instanceof Exception failure ? failure : first;
        }
      }
      rethrow(first);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void rethrow(Exception failure) throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  // A psql of an attempt that died would meet this one's: the server ends it, and the ledger then
  // says what it finished.
  private void endOrphans() {
    Instant deadline = Instant.now().plus(ORPHANS_END_WITHIN);
    try (Session target = workspace.target().connect("lock")) {
      while (target.number(
              "ending the loads of an attempt before",
              "select count(pg_catalog.pg_terminate_backend(pid)) from pg_catalog.pg_stat_activity"
                  + " where datname = current_database() and usename = current_user"
                  + " and application_name = ?",
              Server.applicationName(STEP))
          > 0) {
        if (Instant.now().isAfter(deadline)) {
          throw new MigrationException(
              ErrorCode.RUN_ACTIVE,
              "loading the rows: a session of an attempt before doesn't end",
              "end the target's sessions whose application name is tsferry-data");
        }
        target.execute("ending the loads of an attempt before", "select pg_catalog.pg_sleep(0.1)");
      }
    }
  }

  private List<Integer> loadedBefore(String digest) {
    List<Integer> loaded = new ArrayList<>();
    try (Session target = workspace.target().visit("ledger")) {
      for (String[] row :
          target.list(
              "looking which tables are loaded",
              "select substr(step, 6), detail from tsferry.step where step ~ '^data-[0-9]+$'",
              found -> new String[] {found.getString(1), found.getString(2)})) {
        if (!digest.equals(row[1])) {
          throw new MigrationException(
              ErrorCode.STATE_MISMATCH,
              "loading the rows: some tables are loaded from a dump that is no longer there, and the one that is there has other rows",
              "\"tsferry rollback\" empties the target; then run again");
        }
        loaded.add(Integer.valueOf(row[0]));
      }
    }
    return loaded;
  }
}
