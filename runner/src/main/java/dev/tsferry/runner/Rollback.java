package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.check.RollbackReport;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.quiesce.ReadOnlySource;
import dev.tsferry.runner.rollback.TargetRollback;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.state.RunDirectory;
import dev.tsferry.runner.state.RunLock;
import dev.tsferry.runner.timescaledb.JobPause;
import dev.tsferry.runner.timescaledb.RestoreMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes back a run that did not come to its end: empties the target of what the run created, undoes
 * what it changed on the source, and forgets it, so that the next run begins anew. Can be repeated.
 */
public final class Rollback {
  private final RunRequest request;
  private final PasswordSource passwords;

  public Rollback(RunRequest request, PasswordSource passwords) {
    this.request = requireNonNull(request, "request is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
  }

  /**
   * Shows what would be taken back.
   *
   * @throws MigrationException {@code TARGET_NOT_EMPTY} if what is not the run's lies in its
   *     schemas
   */
  public RollbackReport show() {
    try (Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET)) {
      return look(target, readOnly(source, target));
    }
  }

  /**
   * Takes it back.
   *
   * @throws MigrationException {@code RUN_ACTIVE} while the run is active, {@code STATE_MISMATCH}
   *     if the target is in the middle of another migration
   */
  public RollbackReport execute() throws IOException {
    try (RunDirectory directory = RunDirectory.open(request.stateDirectory());
        Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET);
        RunLock lock = new RunLock(target)) {
      lock.hold();
      ReadOnlySource readOnly = readOnly(source, target);
      RollbackReport shown = look(target, readOnly);
      // The source first: an application waits for it.
      List<String> undone = undo(readOnly, source, target);
      List<String> left = shown.run().isEmpty() ? List.of() : new TargetRollback(target).execute();
      new DumpDirectory(request.dumpDirectory()).clear();
      directory.retire();
      return new RollbackReport(
          RollbackReport.VERSION, shown.run(), true, shown.drops(), undone, shown.kept(), left);
    }
  }

  private RollbackReport look(Server target, ReadOnlySource readOnly) {
    Optional<Ledger.Run> run = new Ledger(target).run();
    if (run.isEmpty()) {
      return new RollbackReport(
          RollbackReport.VERSION, "", false, List.of(), List.of(), List.of(), List.of());
    }
    if (!run.get().name().equals(request.name())) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "rolling back %s: the target is in the middle of the migration %s"
              .formatted(request.name(), run.get().name()),
          "roll back with the plan or the name of that migration");
    }
    TargetRollback.Shown shown = new TargetRollback(target).show();
    return new RollbackReport(
        RollbackReport.VERSION,
        run.get().name(),
        false,
        shown.drops(),
        readOnly.pending(),
        shown.kept(),
        List.of());
  }

  /**
   * Undoes what a run that died left switched on the target and changed on the source, and nothing
   * else.
   *
   * @return what was executed
   * @throws MigrationException {@code RUN_ACTIVE} while the run is active
   */
  public List<String> undoSource() throws IOException {
    try (Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET);
        RunLock lock = new RunLock(target)) {
      lock.hold();
      return undo(readOnly(source, target), source, target);
    }
  }

  private static List<String> undo(ReadOnlySource readOnly, Server source, Server target)
      throws IOException {
    List<String> undone = new ArrayList<>(readOnly.undo());
    int jobs = new JobPause(source, target).resume();
    if (jobs > 0) {
      undone.add("%d background jobs are scheduled again".formatted(jobs));
    }
    if (new RestoreMode(target).endIfOn()) {
      undone.add("the target's restore mode is ended");
    }
    return undone;
  }

  private ReadOnlySource readOnly(Server source, Server target) {
    return new ReadOnlySource(source, target, request.stateDirectory());
  }

  // Not the run's cancellation: taking back is what comes after it.
  private Server server(Side side) {
    return request.server(side, passwords, new Cancellation());
  }
}
