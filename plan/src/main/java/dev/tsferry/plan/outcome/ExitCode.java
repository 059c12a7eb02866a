package dev.tsferry.plan.outcome;

/**
 * The process exit codes of the command and of the runner: one table for both, so that a script can
 * branch on what went wrong.
 *
 * <p>194 and 137 are never used: SSM Run Command takes 194 for "reboot the host and run me again"
 * and 137 for a timeout.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-reboot.html">Rebooting
 *     from scripts</a>
 */
public enum ExitCode {
  DONE(0, "done"),
  BUG(1, "a bug in tsferry"),
  USAGE(2, "wrong usage of the command"),
  PLAN_INVALID(3, "the plan is missing, malformed or contradictory"),
  AWS_ACCESS(4, "AWS refused or could not be reached"),
  HOST_UNREACHABLE(5, "the migration host did not answer"),
  SOURCE_DATABASE(6, "the source database refused or failed"),
  TARGET_DATABASE(7, "the target database refused or failed"),
  TOOL_FAILED(8, "pg_dump, psql, cdk or another tool failed"),
  DIFFERENCES_FOUND(9, "source and target differ, or something was left behind"),
  STATE_CONFLICT(10, "what is there does not fit what was asked"),
  TIMED_OUT(11, "a deadline passed"),
  CANCELLED(130, "cancelled");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** A few words for {@code --help}. */
  public String meaning() {
    return meaning;
  }
}
