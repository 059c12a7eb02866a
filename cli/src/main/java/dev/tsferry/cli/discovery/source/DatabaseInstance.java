package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

/**
 * A DB instance as RDS describes it; what RDS leaves out is null.
 *
 * @param engine such as {@code postgres} or {@code aurora-postgresql}
 * @param instanceClass such as {@code db.m6g.large}
 * @param status such as {@code available}
 * @param cluster the cluster that it is a member of, or null
 * @param replicaOf the instance that this one replicates, or null
 * @param allocatedGib allocated storage in GiB; without meaning for Aurora
 * @param endpoint null while the instance is made
 */
public record DatabaseInstance(
    String identifier,
    String engine,
    String engineVersion,
    String instanceClass,
    String status,
    String cluster,
    String replicaOf,
    int allocatedGib,
    Endpoint endpoint,
    Login login,
    Placement placement,
    DatabaseTraits traits) {

  public DatabaseInstance {
    requireNonNull(identifier, "identifier is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(engineVersion, "engineVersion is null");
    requireNonNull(status, "status is null");
    requireNonNull(login, "login is null");
    requireNonNull(placement, "placement is null");
    requireNonNull(traits, "traits is null");
  }
}
