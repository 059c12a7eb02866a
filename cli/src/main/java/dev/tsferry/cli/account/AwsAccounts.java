package dev.tsferry.cli.account;

import java.util.Optional;

/** Opens an account; nothing of the AWS SDK is loaded before. */
@FunctionalInterface
public interface AwsAccounts {

  /**
   * The account of the credentials that the environment has.
   *
   * @param region or none for the environment's
   * @throws dev.tsferry.plan.outcome.MigrationException {@code AWS_NO_REGION} if none is given and
   *     the environment has none
   */
  AwsAccount open(Optional<String> region);
}
