package dev.tsferry.cli.follow;

import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;

/** Who watches a run; called by one thread, in the order of the events. */
public interface FollowListener {

  /** Something happened; each event comes once. */
  void event(RunEventLine line);

  /** Where the run stands now. */
  void state(RunState state);

  /** Something about the following itself, such as a host that does not answer. */
  void message(String text);
}
