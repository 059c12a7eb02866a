package dev.tsferry.cli.discovery;

/** Says in which account and region all this happens. */
public interface AccountDirectory {

  /** The account that the credentials belong to, and the region that is in force. */
  Identity identity();

  /**
   * An account and a region.
   *
   * @param account 12 digits
   */
  record Identity(String account, String region) {}
}
