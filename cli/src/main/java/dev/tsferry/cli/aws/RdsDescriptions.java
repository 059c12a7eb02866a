package dev.tsferry.cli.aws;

import dev.tsferry.cli.discovery.source.DatabaseCluster;
import dev.tsferry.cli.discovery.source.DatabaseCluster.Capacity;
import dev.tsferry.cli.discovery.source.DatabaseCluster.Member;
import dev.tsferry.cli.discovery.source.DatabaseInstance;
import dev.tsferry.cli.discovery.source.DatabaseTraits;
import dev.tsferry.cli.discovery.source.Endpoint;
import dev.tsferry.cli.discovery.source.Login;
import dev.tsferry.cli.discovery.source.Placement;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** RDS's descriptions in tsferry's words. */
final class RdsDescriptions {
  private static final int POSTGRES = 5432;

  private RdsDescriptions() {}

  static DatabaseInstance instance(DBInstance db) {
    boolean listens = db.endpoint() != null && db.endpoint().address() != null;
    return new DatabaseInstance(
        db.dbInstanceIdentifier(),
        db.engine(),
        String.valueOf(db.engineVersion()),
        db.dbInstanceClass(),
        String.valueOf(db.dbInstanceStatus()),
        db.dbClusterIdentifier(),
        replicaOf(db),
        db.allocatedStorage() == null ? 0 : db.allocatedStorage(),
        listens ? new Endpoint(db.endpoint().address(), db.endpoint().port()) : null,
        login(db.dbName(), db.masterUsername(), db.masterUserSecret(), db.dbInstanceArn()),
        new Placement(
            db.dbSubnetGroup() == null ? null : db.dbSubnetGroup().vpcId(),
            db.availabilityZone(),
            groups(db.vpcSecurityGroups())),
        traits(db));
  }

  private static String replicaOf(DBInstance db) {
    return db.readReplicaSourceDBInstanceIdentifier() == null
        ? db.readReplicaSourceDBClusterIdentifier()
        : db.readReplicaSourceDBInstanceIdentifier();
  }

  private static DatabaseTraits traits(DBInstance db) {
    DBParameterGroupStatus parameters =
        db.dbParameterGroups().isEmpty() ? null : db.dbParameterGroups().get(0);
    return new DatabaseTraits(
        Boolean.TRUE.equals(db.multiAZ()),
        db.secondaryAvailabilityZone(),
        Boolean.TRUE.equals(db.publiclyAccessible()),
        "DUAL".equals(db.networkType()),
        parameters == null ? null : parameters.dbParameterGroupName(),
        parameters != null && "pending-reboot".equals(parameters.parameterApplyStatus()),
        db.caCertificateIdentifier(),
        db.certificateDetails() == null ? null : db.certificateDetails().validTill(),
        pending(db.pendingModifiedValues()));
  }

  // The names of the fields that are set; what they hold (a password, for one) is nobody's
  // business.
  private static List<String> pending(PendingModifiedValues values) {
    if (values == null) {
      return List.of();
    }
    TreeSet<String> names = new TreeSet<>();
    values
        .sdkFields()
        .forEach(
            field -> {
              Object value = field.getValueOrDefault(values);
              boolean empty = value instanceof java.util.Collection<?> list && list.isEmpty();
              if (value != null && !empty) {
                names.add(field.memberName());
              }
            });
    return List.copyOf(names);
  }

  static DatabaseCluster cluster(DBCluster db) {
    return new DatabaseCluster(
        db.dbClusterIdentifier(),
        db.engine(),
        db.engineMode(),
        db.engineVersion(),
        String.valueOf(db.status()),
        db.endpoint() == null
            ? null
            : new Endpoint(db.endpoint(), db.port() == null ? POSTGRES : db.port()),
        login(db.databaseName(), db.masterUsername(), db.masterUserSecret(), db.dbClusterArn()),
        groups(db.vpcSecurityGroups()),
        db.dbClusterMembers().stream()
            .map(
                member ->
                    new Member(
                        member.dbInstanceIdentifier(),
                        Boolean.TRUE.equals(member.isClusterWriter())))
            .toList(),
        db.dbClusterParameterGroup(),
        capacity(db),
        db.replicationSourceIdentifier(),
        db.allocatedStorage() == null ? 0 : db.allocatedStorage());
  }

  private static Capacity capacity(DBCluster db) {
    if (db.serverlessV2ScalingConfiguration() != null
        && db.serverlessV2ScalingConfiguration().minCapacity() != null) {
      return new Capacity(db.serverlessV2ScalingConfiguration().minCapacity(), null);
    }
    return "serverless".equals(db.engineMode()) ? new Capacity(0, db.capacity()) : null;
  }

  private static List<String> groups(List<VpcSecurityGroupMembership> memberships) {
    return memberships.stream()
        .filter(membership -> !"removing".equals(membership.status()))
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .sorted()
        .toList();
  }

  private static Login login(String database, String user, MasterUserSecret secret, String arn) {
    boolean managed = secret != null && secret.secretArn() != null;
    return new Login(
        database,
        user,
        managed ? secret.secretArn() : null,
        managed ? keyArn(secret.kmsKeyId(), arn) : null,
        managed ? secret.secretStatus() : null);
  }

  // RDS gives the key's ARN or its bare id; an alias belongs to AWS's own key, which needs no
  // right.
  private static String keyArn(String key, String databaseArn) {
    if (key == null || key.contains("alias/")) {
      return null;
    }
    if (key.startsWith("arn:")) {
      return key;
    }
    String[] arn = databaseArn.split(":", -1);
    return "arn:%s:kms:%s:%s:key/%s".formatted(arn[1], arn[3], arn[4], key);
  }
}
