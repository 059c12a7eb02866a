package dev.tsferry.cli.console;

import java.util.List;

/** Asks the person at the terminal, where there is one, and reads standard input where not. */
public interface Prompt {

  /** Whether a person can be asked: standard input is a terminal. */
  boolean interactive();

  /**
   * Asks for a line that is not shown while it is typed; off a terminal reads one line of standard
   * input without a prompt.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if nothing is there to
   *     read
   */
  char[] password(String question);

  /** Asks for a line. Call it only when {@link #interactive()}. */
  String line(String question);

  /** Standard input to its end. */
  List<String> lines();

  /** Shows a line that belongs to a question. Call it only when {@link #interactive()}. */
  void show(String line);
}
