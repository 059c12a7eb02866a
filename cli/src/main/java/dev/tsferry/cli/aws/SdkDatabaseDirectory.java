package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.DatabaseDirectory;
import dev.tsferry.cli.discovery.DatabaseInstance;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** DB instances, from RDS. */
final class SdkDatabaseDirectory implements DatabaseDirectory {
  private final RdsClient rds;

  SdkDatabaseDirectory(RdsClient rds) {
    this.rds = requireNonNull(rds, "rds is null");
  }

  @Override
  public Optional<DatabaseInstance> find(String identifier) {
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
                .map(SdkDatabaseDirectory::instance);
          } catch (DbInstanceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private static DatabaseInstance instance(DBInstance db) {
    boolean listens = db.endpoint() != null && db.endpoint().address() != null;
    return new DatabaseInstance(
        db.dbInstanceIdentifier(),
        db.engine(),
        db.engineVersion(),
        db.dbInstanceStatus(),
        db.readReplicaSourceDBInstanceIdentifier(),
        db.allocatedStorage() == null ? 0 : db.allocatedStorage(),
        listens
            ? new DatabaseInstance.Endpoint(db.endpoint().address(), db.endpoint().port())
            : null,
        login(db),
        new DatabaseInstance.Placement(
            db.dbSubnetGroup() == null ? null : db.dbSubnetGroup().vpcId(),
            db.availabilityZone(),
            db.vpcSecurityGroups().stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .sorted()
                .toList()));
  }

  private static DatabaseInstance.Login login(DBInstance db) {
    boolean managed = db.masterUserSecret() != null && db.masterUserSecret().secretArn() != null;
    return new DatabaseInstance.Login(
        db.dbName(),
        db.masterUsername(),
        managed ? db.masterUserSecret().secretArn() : null,
        managed ? keyArn(db.masterUserSecret().kmsKeyId(), db.dbInstanceArn()) : null);
  }

  // RDS gives the key's ARN or its bare id; an alias belongs to AWS's own key, which needs no
  // right.
  private static String keyArn(String key, String instanceArn) {
    if (key == null || key.contains("alias/")) {
      return null;
    }
    if (key.startsWith("arn:")) {
      return key;
    }
    String[] arn = instanceArn.split(":", -1);
    return "arn:%s:kms:%s:%s:key/%s".formatted(arn[1], arn[3], arn[4], key);
  }
}
