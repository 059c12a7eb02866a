package dev.tsferry.runner.postgres;

import dev.tsferry.plan.outcome.ErrorCode;

/** Which of the two databases, with its error codes. */
public enum Side {
  SOURCE(
      "source",
      ErrorCode.SOURCE_UNREACHABLE,
      ErrorCode.SOURCE_LOGIN_FAILED,
      ErrorCode.SOURCE_UNSUITABLE,
      ErrorCode.SOURCE_FAILED),
  TARGET(
      "target",
      ErrorCode.TARGET_UNREACHABLE,
      ErrorCode.TARGET_LOGIN_FAILED,
      ErrorCode.TARGET_UNSUITABLE,
      ErrorCode.TARGET_FAILED);

  private final String word;
  private final ErrorCode unreachable;
  private final ErrorCode loginFailed;
  private final ErrorCode unsuitable;
  private final ErrorCode failed;

  Side(
      String word,
      ErrorCode unreachable,
      ErrorCode loginFailed,
      ErrorCode unsuitable,
      ErrorCode failed) {
    this.word = word;
    this.unreachable = unreachable;
    this.loginFailed = loginFailed;
    this.unsuitable = unsuitable;
    this.failed = failed;
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
}
