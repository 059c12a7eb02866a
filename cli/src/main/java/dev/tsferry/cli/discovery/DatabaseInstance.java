package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A DB instance as RDS describes it; what RDS leaves out is null.
 *
 * @param engine such as {@code postgres} or {@code aurora-postgresql}
 * @param status such as {@code available}
 * @param replicaOf the instance that this one replicates, or null
 * @param allocatedGib allocated storage in GiB
 */
public record DatabaseInstance(
    String identifier,
    String engine,
    String engineVersion,
    String status,
    String replicaOf,
    int allocatedGib,
    Endpoint endpoint,
    Login login,
    Placement placement) {

  public DatabaseInstance {
    requireNonNull(identifier, "identifier is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(engineVersion, "engineVersion is null");
    requireNonNull(status, "status is null");
    requireNonNull(login, "login is null");
    requireNonNull(placement, "placement is null");
  }

  /** Where it listens; absent while the instance is made. */
  public record Endpoint(String host, int port) {}

  /**
   * As whom to log in.
   *
   * @param database the one that was made with the instance, or null
   * @param secretArn the secret in which RDS keeps the password, or null
   * @param secretKmsKeyArn the key that encrypts it, or null
   */
  public record Login(String database, String user, String secretArn, String secretKmsKeyArn) {}

  /** Where it runs, and behind which security groups. */
  public record Placement(String vpcId, String availabilityZone, List<String> securityGroupIds) {
    public Placement {
      securityGroupIds = List.copyOf(securityGroupIds);
    }
  }
}
