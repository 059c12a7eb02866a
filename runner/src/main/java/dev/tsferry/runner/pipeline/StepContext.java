package dev.tsferry.runner.pipeline;

/** What a step tells while it runs. */
public interface StepContext {

  /** Something a person should know. */
  void info(String text);

  /** Something a person should look at; it also stands in the report. */
  void warn(String text);

  /**
   * How far the step is.
   *
   * @param what the object in work
   * @param total 0 where nobody knows
   * @param unit {@code byte}, {@code row}, {@code table} or {@code statement}
   */
  void progress(String what, long done, long total, String unit);

  /** Ends the step if the run is cancelled. */
  void checkCancelled();
}
