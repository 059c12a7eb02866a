package dev.tsferry.runner;

import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;

/**
 * Who wants to see a run in the same process, such as {@code tsferry run --local}. Called after the
 * event file or the state document was written, never by two threads at once, and expected to
 * return quickly.
 */
public interface RunEventListener {

  /** An event was written. */
  void onEvent(RunEventLine line);

  /** The state document was rewritten: on each change of a step, and every second in between. */
  void onState(RunState state);
}
