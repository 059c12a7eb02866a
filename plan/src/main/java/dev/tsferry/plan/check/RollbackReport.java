package dev.tsferry.plan.check;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a rollback would do, or did.
 *
 * @param version version of this format
 * @param done false where it only shows what it would do
 * @param drops what the run created on the target and the rollback removes, such as {@code schema
 *     shop}
 * @param undoes what the run changed on the source and the rollback undoes, as statements
 * @param kept what is on the target since the run began without being the run's
 * @param left what differs from before all the same, once it is done
 * @param finishedAt when the run came to its end, or null if it did not
 * @param users who is connected with the target of a run that came to its end
 */
public record RollbackReport(
    int version,
    String run,
    boolean done,
    List<String> drops,
    List<String> undoes,
    List<String> kept,
    List<String> left,
    Instant finishedAt,
    List<String> users) {

  public static final int VERSION = 1;

  public RollbackReport {
    requireNonNull(run, "run is null");
    drops = List.copyOf(drops);
    undoes = List.copyOf(undoes);
    kept = List.copyOf(kept);
    left = List.copyOf(left);
    users = users == null ? List.of() : List.copyOf(users);
  }

  /** Of a run, with nothing yet of the target's; the name is empty where there is no run. */
  public static RollbackReport of(String run, List<String> undoes) {
    return new RollbackReport(
        VERSION, run, false, List.of(), undoes, List.of(), List.of(), null, List.of());
  }

  /** The same of a run that came to its end. */
  public RollbackReport used(Instant finished, List<String> by) {
    return new RollbackReport(version, run, done, drops, undoes, kept, left, finished, by);
  }

  /** The same with what is on the target. */
  public RollbackReport shown(List<String> toDrop, List<String> toKeep) {
    return new RollbackReport(version, run, done, toDrop, undoes, toKeep, left, finishedAt, users);
  }

  /** The same once it is done. */
  public RollbackReport done(List<String> undone, List<String> stillThere) {
    return new RollbackReport(
        version, run, true, drops, undone, kept, stillThere, finishedAt, users);
  }

  /** Whether there is nothing to do. */
  public boolean empty() {
    return run.isEmpty() && drops.isEmpty() && undoes.isEmpty();
  }
}
