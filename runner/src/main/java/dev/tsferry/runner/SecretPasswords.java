package dev.tsferry.runner;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.aws.SecretsManagerPassword;

/** The passwords from the two secrets whose ARNs are in the environment. */
record SecretPasswords(SecretsManagerPassword fromSource, SecretsManagerPassword fromTarget)
    implements PasswordSource {

  /**
   * Of the variables {@code TSFERRY_SOURCE_SECRET} and {@code TSFERRY_TARGET_SECRET}.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} if one isn't set
   */
  static SecretPasswords ofEnvironment() {
    return new SecretPasswords(
        password("source", "TSFERRY_SOURCE_SECRET"), password("target", "TSFERRY_TARGET_SECRET"));
  }

  @Override
  public Secret source() {
    return Secret.of(fromSource.read());
  }

  @Override
  public Secret target() {
    return Secret.of(fromTarget.read());
  }

  /** What lies in the target's secret under a label of its own. */
  String targetStage(String stage) {
    return fromTarget.readStage(stage);
  }

  private static SecretsManagerPassword password(String side, String variable) {
    String arn = System.getenv(variable);
    if (arn == null || arn.isEmpty()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "looking for the %s's secret: the environment variable %s is not set"
              .formatted(side, variable));
    }
    return new SecretsManagerPassword(side, arn);
  }
}
