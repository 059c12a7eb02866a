package dev.tsferry.cli.discovery;

import java.time.Duration;

/** Says in which account and region all this happens. */
public interface AccountDirectory {

  /** The account that the credentials belong to, and the region that is in force. */
  Identity identity();

  /**
   * An account, a region and who asks.
   *
   * @param account 12 digits
   * @param caller ARN of the user or role
   * @param clockAhead how far this machine's clock is ahead of AWS's, negative if behind
   */
  record Identity(String account, String region, String caller, Duration clockAhead) {}
}
