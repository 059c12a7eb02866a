package dev.tsferry.plan.check;

import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import java.util.List;

/**
 * What a short task of the runner on the host came to, as {@code answer.json}: exactly one of its
 * fields is set.
 *
 * @param comparison of both databases' catalogues
 * @param passwords which roles lack one, or were given one
 * @param preview what a run would do
 * @param undone what was executed on the source to undo what a run that died changed
 * @param failure why the task failed
 */
public record TaskAnswer(
    CheckReport check,
    RollbackReport rollback,
    CatalogueReport comparison,
    PasswordReport passwords,
    RunPreview preview,
    List<String> undone,
    RunState.Failure failure) {

  /** The file's name, in the state directory. */
  public static final String FILE = "answer.json";

  public static TaskAnswer of(CheckReport check) {
    return new TaskAnswer(check, null, null, null, null, null, null);
  }

  public static TaskAnswer of(RollbackReport rollback) {
    return new TaskAnswer(null, rollback, null, null, null, null, null);
  }

  public static TaskAnswer of(CatalogueReport comparison) {
    return new TaskAnswer(null, null, comparison, null, null, null, null);
  }

  public static TaskAnswer of(PasswordReport passwords) {
    return new TaskAnswer(null, null, null, passwords, null, null, null);
  }

  public static TaskAnswer of(RunPreview preview) {
    return new TaskAnswer(null, null, null, null, preview, null, null);
  }

  public static TaskAnswer of(List<String> undone) {
    return new TaskAnswer(null, null, null, null, null, List.copyOf(undone), null);
  }

  public static TaskAnswer of(RunState.Failure failure) {
    return new TaskAnswer(null, null, null, null, null, null, failure);
  }

  /** What the task's process ends with. */
  public ExitCode exitCode() {
    if (failure != null) {
      return failure.code().exitCode();
    }
    if (check != null) {
      return check.exitCode();
    }
    if (preview != null) {
      return preview.check().exitCode();
    }
    boolean differs = comparison != null && comparison.differs();
    return differs ? ExitCode.DIFFERENCES_FOUND : ExitCode.DONE;
  }
}
