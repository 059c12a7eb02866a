package dev.tsferry.plan.check;

import dev.tsferry.plan.event.RunState;
import java.util.List;

/**
 * What a short task of the runner on the host came to, as {@code answer.json}: exactly one of its
 * fields is set.
 *
 * @param undone what was executed on the source to undo what a run that died changed
 * @param failure why the task failed
 */
public record TaskAnswer(
    CheckReport check, RollbackReport rollback, List<String> undone, RunState.Failure failure) {

  /** The file's name, in the state directory. */
  public static final String FILE = "answer.json";

  public static TaskAnswer of(CheckReport check) {
    return new TaskAnswer(check, null, null, null);
  }

  public static TaskAnswer of(RollbackReport rollback) {
    return new TaskAnswer(null, rollback, null, null);
  }

  public static TaskAnswer of(List<String> undone) {
    return new TaskAnswer(null, null, List.copyOf(undone), null);
  }

  public static TaskAnswer of(RunState.Failure failure) {
    return new TaskAnswer(null, null, null, failure);
  }
}
