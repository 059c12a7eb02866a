package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.state.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Where a run on this machine stands, by its state directory and by the two databases; undoes what
 * one that died left changed, since somebody who asks has noticed that something is wrong.
 */
public final class RunLook {
  private RunLook() {}

  /**
   * What was found.
   *
   * @param run none, running, died, succeeded, failed or cancelled
   * @param state the run's own document, where this machine has one
   * @param inTheMiddle the migration that the target is in the middle of, wherever it was started
   * @param undone what was executed to undo what a run that died left changed
   * @param unanswered why a database could not be asked
   */
  public record Found(
      String run,
      Optional<RunState> state,
      Optional<String> inTheMiddle,
      List<String> undone,
      Optional<MigrationException> unanswered) {
    public Found {
      requireNonNull(run, "run is null");
      undone = List.copyOf(undone);
    }
  }

  /**
   * Looks.
   *
   * @throws MigrationException {@code STATE_MISMATCH} if the state document can't be read
   */
  public static Found look(RunRequest request, PasswordSource passwords) {
    Optional<RunState> state = Optional.empty();
    boolean active = false;
    if (Files.isDirectory(request.stateDirectory())) {
      try (RunDirectory directory = RunDirectory.open(request.stateDirectory())) {
        state = directory.readState();
      } catch (MigrationException e) {
        if (e.code() != ErrorCode.RUN_ACTIVE) {
          throw e;
        }
        active = true;
        state = RunDirectory.readState(request.stateDirectory());
      } catch (IOException e) {
        throw RunDirectory.unreadable(request.stateDirectory(), e);
      }
    }
    return ask(request, passwords, state, active);
  }

  private static Found ask(
      RunRequest request, PasswordSource passwords, Optional<RunState> state, boolean active) {
    Optional<String> inTheMiddle = Optional.empty();
    boolean running = active;
    List<String> undone = List.of();
    try (Server target = request.server(Side.TARGET, passwords, new Cancellation())) {
      inTheMiddle = new Ledger(target).run().map(Ledger.Run::name);
      if (!running) {
        undone = new Rollback(request, passwords).undoSource();
      }
    } catch (MigrationException e) {
      if (e.code() != ErrorCode.RUN_ACTIVE) {
        return new Found(word(state, running), state, inTheMiddle, undone, Optional.of(e));
      }
      running = true;
    }
    return new Found(word(state, running), state, inTheMiddle, undone, Optional.empty());
  }

  private static String word(Optional<RunState> state, boolean running) {
    if (running) {
      return "running";
    }
    return state.map(there -> there.status().afterwards()).orElse("none");
  }
}
