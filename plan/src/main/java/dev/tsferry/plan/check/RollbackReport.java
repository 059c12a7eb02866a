package dev.tsferry.plan.check;

import static java.util.Objects.requireNonNull;

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
 */
public record RollbackReport(
    int version,
    String run,
    boolean done,
    List<String> drops,
    List<String> undoes,
    List<String> kept,
    List<String> left) {

  public static final int VERSION = 1;

  public RollbackReport {
    requireNonNull(run, "run is null");
    drops = List.copyOf(drops);
    undoes = List.copyOf(undoes);
    kept = List.copyOf(kept);
    left = List.copyOf(left);
  }

  /** Whether there is nothing to do. */
  public boolean empty() {
    return run.isEmpty() && drops.isEmpty() && undoes.isEmpty();
  }
}
