package dev.tsferry.lab.account;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.plan.Json;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The lab's source as AWS describes it: registers the server in the emulated API, so that discovery
 * finds it as it would find a customer's instance, with its master password in a secret that RDS
 * manages.
 *
 * @param identifier the DB instance identifier
 * @param engineVersion the server's version, such as {@code 15.18}
 */
public record RdsInstance(
    String identifier, String engineVersion, String database, String masterUser) {
  private static final String USED_TAG = "lab:used-bytes";

  public RdsInstance {
    requireNonNull(identifier, "identifier is null");
    requireNonNull(engineVersion, "engineVersion is null");
    requireNonNull(database, "database is null");
    requireNonNull(masterUser, "masterUser is null");
  }

  /** The host name that the emulated RDS gives an instance, known before it is registered. */
  public static String endpoint(String identifier, String region) {
    return identifier + ".aaaaaaaaaa." + region + ".rds.amazonaws.com";
  }

  /**
   * Creates the VPC and the instance's entry, and puts the master password into its secret.
   *
   * @param usedBytes what the emulated metric of free storage is computed from
   * @throws IllegalStateException if the emulator gives the instance another endpoint than the one
   *     that the server answers to
   */
  public void register(AwsClients aws, String masterPassword, long usedBytes) {
    try (Ec2Client ec2 = aws.client(Ec2Client.builder());
        RdsClient rds = aws.client(RdsClient.builder());
        SecretsManagerClient secrets = aws.client(SecretsManagerClient.builder())) {
      CustomerVpc vpc = CustomerVpc.create(ec2, aws.region());
      DBInstance instance = create(rds, vpc, aws.region(), usedBytes);
      String endpoint = instance.endpoint().address();
      if (!endpoint.equals(endpoint(identifier, aws.region()))) {
        throw new IllegalStateException("the emulator calls the instance " + endpoint);
      }
      secrets.putSecretValue(
          r ->
              r.secretId(instance.masterUserSecret().secretArn())
                  .secretString(secretJson(masterPassword)));
    }
  }

  private DBInstance create(RdsClient rds, CustomerVpc vpc, String region, long usedBytes) {
    String group = identifier + "-subnets";
    rds.createDBSubnetGroup(
        r ->
            r.dbSubnetGroupName(group)
                .dbSubnetGroupDescription("subnets of " + identifier)
                .subnetIds(vpc.subnetIds()));
    rds.createDBInstance(
        r ->
            r.dbInstanceIdentifier(identifier)
                .engine("postgres")
                .engineVersion(engineVersion)
                .dbInstanceClass("db.m6g.large")
                .allocatedStorage(20)
                .storageType("gp3")
                .storageEncrypted(true)
                .availabilityZone(region + "a")
                .dbName(database)
                .port(5432)
                .masterUsername(masterUser)
                .manageMasterUserPassword(true)
                .dbSubnetGroupName(group)
                .vpcSecurityGroupIds(vpc.databaseSecurityGroupId())
                .publiclyAccessible(false)
                .caCertificateIdentifier("rds-ca-rsa2048-g1")
                .tags(Tag.builder().key(USED_TAG).value(Long.toString(usedBytes)).build()));
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(identifier)).dbInstances().get(0);
  }

  private String secretJson(String password) {
    try {
      return Json.lenient()
          .writeValueAsString(Map.of("username", masterUser, "password", password));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
