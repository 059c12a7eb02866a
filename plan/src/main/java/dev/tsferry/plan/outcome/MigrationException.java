package dev.tsferry.plan.outcome;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * The one exception that carries a worded failure to the user, so that every command and the runner
 * print failures alike.
 *
 * <pre>
 * error: reading the plan migration.json: $.host.rootVolume.sizeGib must be at least 20, is 5
 * hint: run "tsferry plan --update"
 * </pre>
 *
 * The message starts in lower case, says what was being done to what and why it failed, and has no
 * final period. It never holds a secret.
 */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final ArrayList<String> hints;

  public MigrationException(ErrorCode code, String message, List<String> hints, Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.code = requireNonNull(code, "code is null");
    this.hints = new ArrayList<>(hints);
  }

  public MigrationException(ErrorCode code, String message, String... hints) {
    this(code, message, List.of(hints), null);
  }

  public MigrationException(ErrorCode code, String message, Throwable cause, String... hints) {
    this(code, message, List.of(hints), cause);
  }

  public ErrorCode code() {
    return code;
  }

  /** Zero to three checks or commands that lead on, in the order in which to try them. */
  public List<String> hints() {
    return List.copyOf(hints);
  }
}
