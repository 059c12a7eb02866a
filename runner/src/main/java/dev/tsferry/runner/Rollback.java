package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.check.RollbackReport;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.postgres.DatabaseIdentity;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.rollback.Created;
import dev.tsferry.runner.rollback.TargetRollback;
import dev.tsferry.runner.rollback.TargetSessions;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.state.RunDirectory;
import dev.tsferry.runner.state.RunLock;
import dev.tsferry.runner.timescaledb.ExtensionMove;
import dev.tsferry.runner.undo.TemporaryChanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes back a run: empties the target of what the run created, undoes what it changed on the
 * source, and forgets it, so that the next run begins anew. Can be repeated.
 *
 * <p>A run that came to its end is taken back only where that is asked for by name: its target may
 * be in use.
 */
public final class Rollback {
  private final RunRequest request;
  private final PasswordSource passwords;
  private final boolean finishedToo;

  public Rollback(RunRequest request, PasswordSource passwords) {
    this(request, passwords, false);
  }

  /**
   * @param finishedToo whether a run that came to its end is taken back, too
   */
  public Rollback(RunRequest request, PasswordSource passwords, boolean finishedToo) {
    this.request = requireNonNull(request, "request is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.finishedToo = finishedToo;
  }

  /** What there is to take back. */
  private record Looked(
      RollbackReport report, TargetRollback target, Optional<String> timescaledb) {}

  /**
   * Shows what would be taken back.
   *
   * @throws MigrationException {@code TARGET_NOT_EMPTY} if what is not the run's lies in its
   *     schemas, {@code RUN_FINISHED} if the run came to its end and that is not asked for
   */
  public RollbackReport show() {
    try (Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET)) {
      return look(source, target).report();
    }
  }

  /**
   * Takes it back.
   *
   * @throws MigrationException {@code RUN_ACTIVE} while the run is active, {@code STATE_MISMATCH}
   *     if the target is in the middle of another migration, {@code RUN_FINISHED} as {@link #show}
   */
  public RollbackReport execute() throws IOException {
    try (RunDirectory directory = RunDirectory.open(request.stateDirectory());
        Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET);
        RunLock lock = new RunLock(target)) {
      lock.hold();
      lock.endLoads();
      Looked looked = look(source, target);
      RollbackReport shown = looked.report();
      // The source first: an application waits for it.
      List<String> undone = changes(source, target).undo().orThrow().texts();
      List<String> left = new ArrayList<>();
      if (!shown.run().isEmpty()) {
        left.addAll(looked.target().execute());
        looked.timescaledb().flatMap(version -> moveBack(target, version)).ifPresent(left::add);
      }
      new DumpDirectory(request.dumpDirectory()).clear();
      directory.retire();
      return shown.done(undone, left);
    }
  }

  private Looked look(Server source, Server target) {
    Ledger ledger = new Ledger(target);
    Optional<Ledger.Run> run = ledger.run();
    List<String> undoes = changes(source, target).pending();
    if (run.isPresent()) {
      refuseOther(run.get().name());
      return looked(
          RollbackReport.of(run.get().name(), undoes),
          new TargetRollback(target),
          ledger.detail(Ledger.TIMESCALEDB_BEFORE));
    }
    Optional<Created> created = Created.read(request.stateDirectory());
    if (created.isEmpty()) {
      return new Looked(RollbackReport.of("", undoes), null, Optional.empty());
    }
    List<String> users = TargetSessions.others(target);
    refuseFinished(created.get(), target, users);
    return looked(
        RollbackReport.of(created.get().run(), undoes).used(created.get().finishedAt(), users),
        new TargetRollback(target, created),
        Optional.ofNullable(created.get().timescaledb()));
  }

  private static Looked looked(
      RollbackReport report, TargetRollback target, Optional<String> timescaledb) {
    TargetRollback.Shown shown = target.show();
    return new Looked(report.shown(shown.drops(), shown.kept()), target, timescaledb);
  }

  private void refuseOther(String name) {
    if (!name.equals(request.name())) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "rolling back %s: the target is in the middle of the migration %s"
              .formatted(request.name(), name),
          "roll back with the plan or the name of that migration");
    }
  }

  private void refuseFinished(Created created, Server target, List<String> users) {
    if (!finishedToo) {
      throw new MigrationException(
          ErrorCode.RUN_FINISHED,
          "rolling back %s: its run came to its end at %s, and the target may be in use since%s"
              .formatted(
                  created.run(),
                  created.finishedAt(),
                  users.isEmpty() ? "" : "; connected now: " + String.join(", ", users)),
          "\"tsferry rollback --finished\" drops all that it carried, with everything that was written to it since");
    }
    String now;
    try (Session session = target.connect("rollback")) {
      now = DatabaseIdentity.of(session, target.address());
    }
    if (!now.equals(created.target())) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "rolling back %s: it was carried to another target (%s then, %s now)"
              .formatted(created.run(), created.target(), now),
          "give the address of that target",
          "or move the state directory %s away to begin anew".formatted(request.stateDirectory()));
    }
  }

  private static Optional<String> moveBack(Server target, String version) {
    try {
      new ExtensionMove(target).to(version);
      return Optional.empty();
    } catch (MigrationException e) {
      return Optional.of(
          "the target's TimescaleDB was %s before: %s".formatted(version, e.getMessage()));
    }
  }

  /**
   * Undoes what a run that died left switched on the target and changed on the source, and nothing
   * else.
   *
   * @return what was executed
   * @throws MigrationException {@code RUN_ACTIVE} while the run is active
   */
  public List<String> undoSource() {
    try (Server source = server(Side.SOURCE);
        Server target = server(Side.TARGET)) {
      return undo(source, target).orThrow().texts();
    }
  }

  // Where the target can't be reached, no run is active there either, and the source comes first.
  private TemporaryChanges.Undone undo(Server source, Server target) {
    try (RunLock lock = new RunLock(target)) {
      lock.hold();
      return changes(source, target).undo();
    } catch (MigrationException e) {
      if (e.code() != ErrorCode.TARGET_UNREACHABLE) {
        throw e;
      }
      return changes(source, target).undo();
    }
  }

  private TemporaryChanges changes(Server source, Server target) {
    return new TemporaryChanges(source, target, request.stateDirectory());
  }

  // Not the run's cancellation: taking back is what comes after it.
  private Server server(Side side) {
    return request.server(side, passwords, new Cancellation());
  }
}
