package dev.tsferry.runner.handover;

import static java.util.Objects.requireNonNull;

/**
 * A statement that is left to a person, whole and ready to run, and why.
 *
 * @param step the step that could not do it
 * @param statement SQL without its semicolon; may hold several statements
 */
public record HandoverStatement(String step, String statement, String reason) {
  public HandoverStatement {
    requireNonNull(step, "step is null");
    requireNonNull(statement, "statement is null");
    requireNonNull(reason, "reason is null");
  }
}
