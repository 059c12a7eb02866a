package dev.tsferry.runner.postgres;

import dev.tsferry.plan.outcome.ErrorCode;

/** Which of the two databases, with its error codes. */
public enum Side {
  SOURCE(
      "source",
      ErrorCode.SOURCE_UNREACHABLE,
      ErrorCode.SOURCE_LOGIN_FAILED,
      ErrorCode.SOURCE_UNSUITABLE,
      ErrorCode.SOURCE_FAILED,
      ErrorCode.SOURCE_FAILED),
  TARGET(
      "target",
      ErrorCode.TARGET_UNREACHABLE,
      ErrorCode.TARGET_LOGIN_FAILED,
      ErrorCode.TARGET_UNSUITABLE,
      ErrorCode.TARGET_FAILED,
      ErrorCode.TARGET_INTERRUPTED);

  private final String word;
  private final ErrorCode unreachable;
  private final ErrorCode loginFailed;
  private final ErrorCode unsuitable;
  private final ErrorCode failed;
  private final ErrorCode interrupted;

  Side(
      String word,
      ErrorCode unreachable,
      ErrorCode loginFailed,
      ErrorCode unsuitable,
      ErrorCode failed,
      ErrorCode interrupted) {
    this.word = word;
    this.unreachable = unreachable;
    this.loginFailed = loginFailed;
    this.unsuitable = unsuitable;
    this.failed = failed;
    this.interrupted = interrupted;
  }

  /** {@code source} or {@code target}. */
  public String word() {
    return word;
  }

  public ErrorCode unreachable() {
    return unreachable;
  }

  public ErrorCode loginFailed() {
    return loginFailed;
  }

  public ErrorCode unsuitable() {
    return unsuitable;
  }

  public ErrorCode failed() {
    return failed;
  }

  /**
   * The server ended a session or the way to it was lost; for the target, that is waited out, while
   * what was read of the source is lost with its snapshot.
   */
  public ErrorCode interrupted() {
    return interrupted;
  }
}
