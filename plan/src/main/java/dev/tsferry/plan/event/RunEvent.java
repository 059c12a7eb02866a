package dev.tsferry.plan.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;

/**
 * What happened in a run, as small values: steps never print, they emit these, and whoever follows
 * draws them.
 *
 * <p>The {@code type} names are a wire format: they never change, and a reader skips the ones it
 * does not know, so that runner and command may be of different versions.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunEvent.RunStarted.class, name = "run-started"),
  @JsonSubTypes.Type(value = RunEvent.StepStarted.class, name = "step-started"),
  @JsonSubTypes.Type(value = RunEvent.StepSkipped.class, name = "step-skipped"),
  @JsonSubTypes.Type(value = RunEvent.StepFinished.class, name = "step-finished"),
  @JsonSubTypes.Type(value = RunEvent.StepFailed.class, name = "step-failed"),
  @JsonSubTypes.Type(value = RunEvent.Notice.class, name = "notice"),
  @JsonSubTypes.Type(value = RunEvent.RunFinished.class, name = "run-finished")
})
public sealed interface RunEvent {

  /**
   * A run began or was taken up again.
   *
   * @param attempt 1 for the first start of this run, one more each time that it is taken up again
   * @param steps ids of the steps to come, in order
   */
  record RunStarted(int attempt, String runnerVersion, List<String> steps) implements RunEvent {
    public RunStarted {
      steps = List.copyOf(steps);
    }
  }

  /** A step began. */
  record StepStarted(String step, String title) implements RunEvent {}

  /** A step was already done by an earlier attempt. */
  record StepSkipped(String step, String reason) implements RunEvent {}

  /**
   * A step is done and recorded.
   *
   * @param millis wall-clock time in milliseconds
   * @param summary a few words on what was done, such as {@code 42 tables, 2,000,000 rows}
   */
  record StepFinished(String step, long millis, String summary) implements RunEvent {}

  /** A step failed; the run ends. */
  record StepFailed(String step, ErrorCode code, String message, List<String> hints)
      implements RunEvent {
    public StepFailed {
      hints = List.copyOf(hints);
    }
  }

  /** Something a person should know; nothing failed. */
  record Notice(Level level, String text) implements RunEvent {
    /** How much attention a notice asks for. */
    public enum Level {
      INFO,
      WARNING
    }
  }

  /**
   * The run ended.
   *
   * @param exitCode see {@link dev.tsferry.plan.outcome.ExitCode}
   */
  record RunFinished(int exitCode, String summary) implements RunEvent {}
}
