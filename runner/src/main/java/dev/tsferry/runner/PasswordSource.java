package dev.tsferry.runner;

/**
 * Where the two databases' passwords come from. Asked at the start of a run, and again when a login
 * fails, since RDS may rotate a password in the middle of one.
 */
public interface PasswordSource {

  /**
   * The source's password.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code SECRET_NOT_SET} if there is none
   */
  Secret source();

  /**
   * The target's password.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code SECRET_NOT_SET} if there is none
   */
  Secret target();
}
