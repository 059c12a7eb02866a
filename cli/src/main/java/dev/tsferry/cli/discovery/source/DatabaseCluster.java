package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A DB cluster as RDS describes it: Aurora, or a Multi-AZ cluster of PostgreSQL; what RDS leaves
 * out is null.
 *
 * @param engine such as {@code aurora-postgresql}, or {@code postgres} for a Multi-AZ DB cluster
 * @param engineMode {@code provisioned}, or {@code serverless} for Aurora Serverless v1
 * @param endpoint the writer's, or null while the cluster is made
 * @param capacity of Aurora Serverless, or null
 * @param replicaOf ARN of the cluster that this one replicates, or null
 * @param allocatedGib allocated storage in GiB; without meaning for Aurora
 * @param parameterGroup name of the cluster's parameter group, or null
 */
public record DatabaseCluster(
    String identifier,
    String engine,
    String engineMode,
    String engineVersion,
    String status,
    Endpoint endpoint,
    Login login,
    List<String> securityGroupIds,
    List<Member> members,
    String parameterGroup,
    Capacity capacity,
    String replicaOf,
    int allocatedGib) {

  public DatabaseCluster {
    requireNonNull(identifier, "identifier is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(status, "status is null");
    requireNonNull(login, "login is null");
    securityGroupIds = List.copyOf(securityGroupIds);
    members = List.copyOf(members);
  }

  /** A DB instance of the cluster. */
  public record Member(String instance, boolean writer) {}

  /**
   * How far Aurora Serverless scales.
   *
   * @param least in Aurora capacity units; 0 lets it pause
   * @param now of Serverless v1, 0 while it is paused; null for v2, which does not say
   */
  public record Capacity(double least, Integer now) {}

  /** The member that takes writes, where there is one. */
  public Optional<Member> writer() {
    return members.stream().filter(Member::writer).findFirst();
  }

  public boolean aurora() {
    return engine.startsWith("aurora");
  }
}
