package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.source.DatabaseCluster;
import dev.tsferry.cli.discovery.source.DatabaseDirectory;
import dev.tsferry.cli.discovery.source.DatabaseInstance;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CertificateNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.Parameter;

/** DB instances and clusters, from RDS. */
final class SdkDatabaseDirectory implements DatabaseDirectory {
  private final RdsClient rds;

  SdkDatabaseDirectory(RdsClient rds) {
    this.rds = requireNonNull(rds, "rds is null");
  }

  @Override
  public Optional<DatabaseInstance> instance(String identifier) {
    return AwsErrors.call(
        "rds:DescribeDBInstances",
        "looking up the DB instance " + identifier,
        () -> {
          try {
            return rds
                .describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .stream()
                .findFirst()
                .map(RdsDescriptions::instance);
          } catch (DbInstanceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<DatabaseCluster> cluster(String identifier) {
    return AwsErrors.call(
        "rds:DescribeDBClusters",
        "looking up the DB cluster " + identifier,
        () -> {
          try {
            return rds
                .describeDBClusters(request -> request.dbClusterIdentifier(identifier))
                .dbClusters()
                .stream()
                .findFirst()
                .map(RdsDescriptions::cluster);
          } catch (DbClusterNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public List<Listed> list() {
    Stream<Listed> instances =
        AwsErrors.call(
            "rds:DescribeDBInstances",
            "listing the DB instances",
            () ->
                rds.describeDBInstancesPaginator().dbInstances().stream()
                    .filter(db -> db.dbClusterIdentifier() == null)
                    .map(db -> new Listed(db.dbInstanceIdentifier(), db.engine(), false))
                    .toList()
                    .stream());
    Stream<Listed> clusters =
        AwsErrors.call(
            "rds:DescribeDBClusters",
            "listing the DB clusters",
            () ->
                rds.describeDBClustersPaginator().dbClusters().stream()
                    .map(db -> new Listed(db.dbClusterIdentifier(), db.engine(), true))
                    .toList()
                    .stream());
    return Stream.concat(instances, clusters)
        .sorted(Comparator.comparing(Listed::identifier).thenComparing(Listed::cluster))
        .toList();
  }

  @Override
  public Map<String, String> parameters(String group, boolean cluster, List<String> names) {
    Filter wanted = Filter.builder().name("parameter-name").values(names).build();
    String doing = "reading the parameter group " + group;
    List<Parameter> parameters =
        cluster
            ? AwsErrors.call(
                "rds:DescribeDBClusterParameters",
                doing,
                () ->
                    rds
                        .describeDBClusterParametersPaginator(
                            request -> request.dbClusterParameterGroupName(group).filters(wanted))
                        .parameters()
                        .stream()
                        .toList())
            : AwsErrors.call(
                "rds:DescribeDBParameters",
                doing,
                () ->
                    rds
                        .describeDBParametersPaginator(
                            request -> request.dbParameterGroupName(group).filters(wanted))
                        .parameters()
                        .stream()
                        .toList());
    return parameters.stream()
        .filter(parameter -> names.contains(parameter.parameterName()))
        .filter(parameter -> parameter.parameterValue() != null)
        .collect(
            Collectors.toMap(Parameter::parameterName, Parameter::parameterValue, (a, b) -> a));
  }

  @Override
  public Optional<Instant> authorityExpiry(String authority) {
    return AwsErrors.call(
        "rds:DescribeCertificates",
        "looking up the certificate authority " + authority,
        () -> {
          try {
            return rds
                .describeCertificates(request -> request.certificateIdentifier(authority))
                .certificates()
                .stream()
                .findFirst()
                .map(certificate -> certificate.validTill());
          } catch (CertificateNotFoundException e) {
            return Optional.empty();
          }
        });
  }
}
