package dev.tsferry.lab.aws;

import static dev.tsferry.lab.aws.TestAccount.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * An EC2 instance of the lab is a host with a real systemd, for as long as EC2 says that it runs.
 */
@NotOnLocalStack
@InEmulatedAccount
class HypervisorIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String METADATA =
      """
      token=$(curl -fsS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
      get() { curl -fsS -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/$1; echo; }
      """;

  private static final String READ_SECRET =
      """
      get meta-data/iam/security-credentials/host > /run/credentials.json
      field() { grep '"'$1'":' /run/credentials.json | cut -d'"' -f4; }
      curl -sS --aws-sigv4 aws:amz:us-east-1:secretsmanager --user "$(field AccessKeyId):$(field SecretAccessKey)" \\
        -H "X-Amz-Security-Token: $(field Token)" -H 'X-Amz-Target: secretsmanager.GetSecretValue' \\
        -H 'Content-Type: application/x-amz-json-1.1' -d '{"SecretId": "%s"}' $AWS_ENDPOINT_URL/
      echo
      """;

  @Test
  void instance_started_bootsSystemdAndRunsItsUserData(TestAccount account) {
    String host = account.startHost("#!/bin/sh\necho hello > /root/from-user-data\n");

    String output =
        account
            .run(
                host,
                "cloud-init status --wait; cat /root/from-user-data; systemctl is-system-running --wait")
            .standardOutputContent();

    assertThat(output).isEqualTo("status: done\nhello\nrunning\n");
    account.ec2().terminateInstances(r -> r.instanceIds(host));
  }

  @Test
  void metadata_askedOnTheHost_saysWhoItIs(TestAccount account) {
    String host = account.startHost("#!/bin/sh\n");

    String output =
        account
            .run(
                host,
                METADATA
                    + """
                    get meta-data/instance-id
                    get meta-data/placement/availability-zone
                    get meta-data/iam/security-credentials/
                    curl -sS -o /dev/null -w '%{http_code}\\n' http://169.254.169.254/latest/meta-data/
                    curl -sS -o /dev/null -w '%{http_code}\\n' $AWS_ENDPOINT_URL/moto-api/
                    echo $AWS_ENDPOINT_URL
                    """)
            .standardOutputContent();

    assertThat(output.lines())
        .containsExactly(
            host, "us-east-1a", "host", "401", "200", account.aws().endpoint().toString());
    account.ec2().terminateInstances(r -> r.instanceIds(host));
  }

  @Test
  void instance_terminated_isGone(TestAccount account) {
    String host = account.startHost("#!/bin/sh\n");

    account.ec2().terminateInstances(r -> r.instanceIds(host));

    await("the container to go", SOON, () -> account.networks(host).isEmpty());
    assertThat(account.ping(host)).isEmpty();
  }

  @Test
  void host_shutDownFromWithin_terminatesTheInstance(TestAccount account) {
    String host = account.startHost("#!/bin/sh\n");

    account.send(host, "shutdown -h now");

    await(
        "the instance to terminate",
        SOON,
        () -> instance(account, host).state().nameAsString().equals("terminated"));
    await("the container to go", SOON, () -> account.networks(host).isEmpty());
  }

  @Test
  void sourceNetwork_withAndWithoutARule_isReachedOnlyWithIt(TestAccount account) {
    String database = account.createDatabase("orders-db");
    String host = account.startHost("#!/bin/sh\n");
    String group = instance(account, host).securityGroups().get(0).groupId();
    IpPermission rule = rule(group);
    List<String> internetOnly = List.of(account.network("internet"));
    List<String> both = List.of(account.network("internet"), account.network("vpc"));

    assertThat(account.networks(host)).isEqualTo(internetOnly);
    account.ec2().authorizeSecurityGroupIngress(r -> r.groupId(database).ipPermissions(rule));
    await("the network", SOON, () -> account.networks(host).equals(both));
    account.ec2().revokeSecurityGroupIngress(r -> r.groupId(database).ipPermissions(rule));
    await("the network to go", SOON, () -> account.networks(host).equals(internetOnly));

    account.ec2().terminateInstances(r -> r.instanceIds(host));
  }

  @Test
  void credentials_ofTheHost_readOnlyTheSecretsOfItsRole(TestAccount account) {
    String allowed = account.createSecret("host/allowed");
    String other = account.createSecret("other");
    String host = account.startHost("#!/bin/sh\n");

    String output =
        account
            .run(host, METADATA + READ_SECRET.formatted(allowed) + READ_SECRET.formatted(other))
            .standardOutputContent();

    assertThat(output)
        .contains("value of host/allowed")
        .contains("not authorized to perform: secretsmanager:GetSecretValue on resource: " + other)
        .doesNotContain("value of other");
    account.ec2().terminateInstances(r -> r.instanceIds(host));
  }

  private static IpPermission rule(String group) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(5432)
        .toPort(5432)
        .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
        .build();
  }

  private static Instance instance(TestAccount account, String id) {
    Ec2Client ec2 = account.ec2();
    return ec2.describeInstances(r -> r.instanceIds(id)).reservations().get(0).instances().get(0);
  }
}
