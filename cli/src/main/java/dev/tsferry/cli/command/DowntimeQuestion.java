package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.console.Prompt;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Locale;

/**
 * Asks a person whether the application is stopped, before a run begins: what it writes to the
 * source from then on is not carried. A script isn't asked, since who wrote it chose the window.
 */
final class DowntimeQuestion {
  private static final String QUESTION =
      "What is written to the source from now on is not carried, and writers are locked out while it is dumped."
          + " Is the application stopped, and may the run begin? [y/N]";

  private final Prompt prompt;
  private final boolean answered;

  /**
   * @param answered whether it was answered on the command line, or makes no difference
   */
  DowntimeQuestion(Prompt prompt, boolean answered) {
    this.prompt = requireNonNull(prompt, "prompt is null");
    this.answered = answered;
  }

  /**
   * Asks, where there is somebody to ask.
   *
   * @throws MigrationException {@code CONFIRMATION_REQUIRED} if the answer isn't yes
   */
  void ask() {
    if (answered || !prompt.interactive()) {
      return;
    }
    String typed = prompt.line(QUESTION).strip().toLowerCase(Locale.ROOT);
    if (!typed.equals("y") && !typed.equals("yes")) {
      throw new MigrationException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "starting the run: the downtime was not confirmed, nothing was done",
          "stop the application and run again, or try against the live source with \"tsferry run --rehearsal\"");
    }
  }
}
