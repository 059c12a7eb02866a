package dev.tsferry.cli.fake;

import dev.tsferry.cli.discovery.source.DatabaseCluster;
import dev.tsferry.cli.discovery.source.DatabaseDirectory;
import dev.tsferry.cli.discovery.source.DatabaseInstance;
import dev.tsferry.cli.discovery.source.StorageMetrics;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An RDS with what a test puts into it; it denies what a test says. */
public final class FakeRds implements DatabaseDirectory, StorageMetrics {
  public final Map<String, DatabaseInstance> instances = new TreeMap<>();
  public final Map<String, DatabaseCluster> clusters = new TreeMap<>();
  public final Map<String, String> parameters = new HashMap<>();
  public final Map<String, Instant> authorities = new HashMap<>();
  public final Set<String> denied = new HashSet<>();
  public OptionalLong freeBytes = OptionalLong.of((9L << 30) - 123_456);
  public OptionalLong volumeBytes = OptionalLong.of(3L << 30);

  public void put(Databases database) {
    instances.put(database.identifier, database.build());
  }

  @Override
  public Optional<DatabaseInstance> instance(String identifier) {
    allow("rds:DescribeDBInstances");
    return Optional.ofNullable(instances.get(identifier));
  }

  @Override
  public Optional<DatabaseCluster> cluster(String identifier) {
    allow("rds:DescribeDBClusters");
    return Optional.ofNullable(clusters.get(identifier));
  }

  @Override
  public List<Listed> list() {
    return Stream.concat(
            instances.values().stream()
                .filter(one -> one.cluster() == null)
                .map(one -> new Listed(one.identifier(), one.engine(), false)),
            clusters.values().stream().map(one -> new Listed(one.identifier(), one.engine(), true)))
        .toList();
  }

  @Override
  public Map<String, String> parameters(String group, boolean cluster, List<String> names) {
    allow(cluster ? "rds:DescribeDBClusterParameters" : "rds:DescribeDBParameters");
    return Map.copyOf(parameters);
  }

  @Override
  public Optional<Instant> authorityExpiry(String authority) {
    return Optional.ofNullable(authorities.get(authority));
  }

  @Override
  public OptionalLong freeBytes(String instance) {
    allow("cloudwatch:GetMetricStatistics");
    return freeBytes;
  }

  @Override
  public OptionalLong volumeBytesUsed(String cluster) {
    return volumeBytes;
  }

  private void allow(String action) {
    FakeRds.allow(denied, action);
  }

  static void allow(Set<String> denied, String action) {
    if (denied.contains(action)) {
      throw new MigrationException(
          ErrorCode.AWS_DENIED, "asking AWS: AWS denied " + action, "allow " + action);
    }
  }
}
