package dev.tsferry.cli.follow;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.event.RunState;
import java.util.List;
import java.util.Optional;

/** How following ended. */
public sealed interface FollowEnd {

  /** The run ended and says how. */
  record Ended(RunState state) implements FollowEnd {
    public Ended {
      requireNonNull(state, "state is null");
    }
  }

  /**
   * The runner is gone and did not say how it ended: killed, or never started.
   *
   * @param state the last word, if there is one
   * @param said the last lines of what it said past its own log
   */
  record Died(Optional<RunState> state, List<String> said) implements FollowEnd {
    public Died {
      said = List.copyOf(said);
    }
  }
}
