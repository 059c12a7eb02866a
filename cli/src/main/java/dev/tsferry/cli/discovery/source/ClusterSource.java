package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.source.DatabaseCluster.Capacity;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Optional;
import java.util.OptionalLong;

/** An Aurora PostgreSQL cluster, or a Multi-AZ DB cluster of PostgreSQL, as a source. */
public final class ClusterSource {
  private final DatabaseDirectory databases;
  private final StorageMetrics storage;
  private final InstanceSource instances;
  private final ServerFacts serverFacts;

  public ClusterSource(
      DatabaseDirectory databases,
      StorageMetrics storage,
      InstanceSource instances,
      ServerFacts serverFacts) {
    this.databases = requireNonNull(databases, "databases is null");
    this.storage = requireNonNull(storage, "storage is null");
    this.instances = requireNonNull(instances, "instances is null");
    this.serverFacts = requireNonNull(serverFacts, "serverFacts is null");
  }

  /** Looks at {@code cluster}, and says what stands in the way of carrying it. */
  Optional<SourceDatabase> carry(DatabaseCluster cluster, Findings findings) {
    if (!Engine.check(cluster.identifier(), cluster.engine(), findings)) {
      return Optional.empty();
    }
    if ("serverless".equals(cluster.engineMode())) {
      refuseServerlessV1(cluster, findings);
      return Optional.empty();
    }
    DatabaseStatus.check("db-cluster", cluster.identifier(), cluster.status(), findings);
    refuseReplica(cluster, findings);
    Optional<DatabaseInstance> writer = writer(cluster, findings);
    if (writer.isEmpty()) {
      return Optional.empty();
    }
    if (!cluster.aurora()) {
      findings.warn(
          "%s is a Multi-AZ DB cluster: a failover ends the run's connections; \"tsferry run\" then takes the run up again"
              .formatted(cluster.identifier()));
    }
    warnOfPause(cluster, findings);
    return Optional.of(source(cluster, writer.get(), findings));
  }

  private SourceDatabase source(
      DatabaseCluster cluster, DatabaseInstance writer, Findings findings) {
    DatabaseTraits of = writer.traits();
    DatabaseTraits traits =
        new DatabaseTraits(
            false,
            null,
            of.publiclyAccessible(),
            of.dualStack(),
            cluster.parameterGroup(),
            of.rebootPending(),
            of.authority(),
            of.certificateExpiry(),
            of.pendingChanges());
    return new SourceDatabase(
        cluster.aurora() ? SourceKind.AURORA : SourceKind.RDS,
        cluster.identifier(),
        cluster.engineVersion() == null ? writer.engineVersion() : cluster.engineVersion(),
        cluster.endpoint(),
        cluster.login(),
        new Placement(
            writer.placement().vpcId(),
            writer.placement().availabilityZone(),
            cluster.securityGroupIds()),
        traits,
        size(cluster, writer, findings),
        serverFacts.of(cluster.identifier(), traits, true, findings));
  }

  private OptionalLong size(DatabaseCluster cluster, DatabaseInstance writer, Findings findings) {
    if (!cluster.aurora()) {
      return instances.size(
          cluster.identifier(), writer.identifier(), cluster.allocatedGib(), findings);
    }
    OptionalLong used =
        findings
            .want(
                "how much storage of %s is in use is not known".formatted(cluster.identifier()),
                () -> storage.volumeBytesUsed(cluster.identifier()))
            .orElse(OptionalLong.empty());
    return used.isPresent()
        ? OptionalLong.of(SourceDatabase.wholeGib(used.getAsLong()))
        : OptionalLong.empty();
  }

  private Optional<DatabaseInstance> writer(DatabaseCluster cluster, Findings findings) {
    if (cluster.writer().isEmpty()) {
      findings.problem(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          "planning to carry %s: the cluster has no writer%s"
              .formatted(
                  cluster.identifier(),
                  cluster.members().isEmpty()
                      ? ", it has no instance at all"
                      : " among its %d instances".formatted(cluster.members().size())),
          "aws rds create-db-instance --db-cluster-identifier %s --engine %s --db-instance-class CLASS --db-instance-identifier NAME"
              .formatted(cluster.identifier(), cluster.engine()));
      return Optional.empty();
    }
    String name = cluster.writer().get().instance();
    Optional<DatabaseInstance> writer =
        findings.need(() -> databases.instance(name)).flatMap(found -> found);
    writer.ifPresent(
        instance ->
            DatabaseStatus.check(
                "db-instance", instance.identifier(), instance.status(), findings));
    return writer;
  }

  private static void refuseReplica(DatabaseCluster cluster, Findings findings) {
    if (cluster.replicaOf() != null) {
      findings.problem(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          "planning to carry %s: the cluster is a replica of %s, and its tables cannot be locked against writes"
              .formatted(cluster.identifier(), cluster.replicaOf()),
          "plan with the primary cluster, in its region");
    }
  }

  private static void refuseServerlessV1(DatabaseCluster cluster, Findings findings) {
    Capacity capacity = cluster.capacity();
    String paused =
        capacity != null && Integer.valueOf(0).equals(capacity.now()) ? " and is paused now" : "";
    findings.problem(
        ErrorCode.AWS_UNSUPPORTED_SOURCE,
        "planning to carry %s: it is Aurora Serverless v1, which pauses and scales in the middle of a dump%s"
            .formatted(cluster.identifier(), paused),
        "restore its newest snapshot into a provisioned cluster and plan with that: aws rds restore-db-cluster-from-snapshot --engine-mode provisioned");
  }

  private static void warnOfPause(DatabaseCluster cluster, Findings findings) {
    if (cluster.capacity() != null && cluster.capacity().least() == 0) {
      findings.warn(
          "%s is Aurora Serverless v2 that may pause (0 capacity units): it wakes with the first connection, which then takes up to half a minute; a higher minimum makes the dump faster"
              .formatted(cluster.identifier()));
    }
  }
}
