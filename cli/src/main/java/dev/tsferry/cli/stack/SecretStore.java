package dev.tsferry.cli.stack;

import java.util.Optional;

/** Keeps the databases' passwords. */
public interface SecretStore {

  /**
   * Whether the secret holds a password; nothing where these credentials may not read it, which is
   * no reason to stop: the host reads it with its own role.
   */
  Optional<Boolean> filled(String arn);

  /** Stores a login. */
  void put(String arn, String user, char[] password);

  /**
   * Stores a text beside the login, under a label of its own; the login stays what it is.
   *
   * @param label a staging label of Secrets Manager's
   */
  void putBeside(String arn, String label, String text);
}
