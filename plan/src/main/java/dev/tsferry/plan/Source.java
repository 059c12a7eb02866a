package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The database that is carried away, as AWS describes it.
 *
 * @param identifier RDS's DB instance identifier
 * @param secretArn the secret in which RDS keeps the master password, or null where RDS does not
 *     manage it; the stack then makes one
 * @param secretKmsKeyArn the customer's key that encrypts that secret, or null
 * @param engineVersion such as {@code 15.18}
 * @param sizeBytes data in bytes, by the best source that was at hand
 * @param securityGroupId the group of the instance to which the stack adds its one rule
 * @param availabilityZone where the writer runs
 */
public record Source(
    SourceKind kind,
    String identifier,
    DatabaseAddress address,
    String secretArn,
    String secretKmsKeyArn,
    String engineVersion,
    long sizeBytes,
    String vpcId,
    String securityGroupId,
    String availabilityZone) {

  public Source {
    requireNonNull(kind, "kind is null");
    requireNonNull(identifier, "identifier is null");
    requireNonNull(address, "address is null");
    requireNonNull(engineVersion, "engineVersion is null");
    requireNonNull(vpcId, "vpcId is null");
    requireNonNull(securityGroupId, "securityGroupId is null");
    requireNonNull(availabilityZone, "availabilityZone is null");
  }

  /** The secret that RDS manages, where it does. */
  public Optional<String> managedSecretArn() {
    return Optional.ofNullable(secretArn);
  }

  /** The server's major version, such as 15. */
  public int majorVersion() {
    return Integer.parseInt(engineVersion.split("[^0-9]", 2)[0]);
  }
}
