package dev.tsferry.lab.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.tsferry.lab.image.LabImages;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** An emulated account for tests, with what they do to it all the time. */
final class TestAccount implements AutoCloseable {
  /**
   * Property with the tag of LocalStack's own image, such as {@code 4.14.0}, the last one that
   * needs no account; without it, the API is the lab's.
   */
  static final String LOCALSTACK = "lab.localstack";

  private static final String AMI =
      "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";
  private static final String PROFILE = "host";

  private final String lab = "it-" + ProcessHandle.current().pid();
  private final DockerClient docker = DockerClientFactory.lazyClient();
  private final EmulatedAws aws;
  private final SsmClient ssm;
  private final Ec2Client ec2;
  private final String hostGroup;

  TestAccount() {
    createNetwork("vpc", true);
    String internet = createNetwork("internet", false);
    aws =
        EmulatedAws.start(
            lab,
            image(),
            LabImages.named("host").asCanonicalNameString(),
            new ExistingNetwork(internet));
    ssm = client(SsmClient.builder());
    ec2 = client(Ec2Client.builder());
    createProfile();
    hostGroup =
        ec2.createSecurityGroup(r -> r.vpcId(vpc()).groupName("host").description("hosts"))
            .groupId();
  }

  private static DockerImageName image() {
    String version = System.getProperty(LOCALSTACK);
    return version == null
        ? LabImages.named("aws")
        : DockerImageName.parse("localstack/localstack").withTag(version);
  }

  <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(aws.endpoint())
        .region(Region.of(EmulatedAws.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKey(), aws.secretKey())))
        .build();
  }

  SsmClient ssm() {
    return ssm;
  }

  Ec2Client ec2() {
    return ec2;
  }

  EmulatedAws aws() {
    return aws;
  }

  String ubuntu() {
    return ssm.getParameter(r -> r.name(AMI)).parameter().value();
  }

  /** Registers an RDS instance with a security group of its own; the group's id. */
  String createDatabase(String identifier) {
    String group =
        ec2.createSecurityGroup(r -> r.vpcId(vpc()).groupName(identifier).description(identifier))
            .groupId();
    List<String> subnets =
        ec2.describeSubnets().subnets().stream().map(subnet -> subnet.subnetId()).toList();
    try (RdsClient rds = client(RdsClient.builder())) {
      rds.createDBSubnetGroup(
          r ->
              r.dbSubnetGroupName(identifier)
                  .dbSubnetGroupDescription(identifier)
                  .subnetIds(subnets));
      rds.createDBInstance(
          r ->
              r.dbInstanceIdentifier(identifier)
                  .engine("postgres")
                  .dbInstanceClass("db.m6g.large")
                  .allocatedStorage(20)
                  .port(5432)
                  .masterUsername("postgres")
                  .manageMasterUserPassword(true)
                  .dbSubnetGroupName(identifier)
                  .vpcSecurityGroupIds(group));
    }
    return group;
  }

  /** Makes a secret whose value names it; its ARN. */
  String createSecret(String name) {
    try (SecretsManagerClient secrets = client(SecretsManagerClient.builder())) {
      return secrets.createSecret(r -> r.name(name).secretString("value of " + name)).arn();
    }
  }

  /** Starts an instance and waits until its agent is online. */
  String startHost(String userData) {
    String instance =
        ec2.runInstances(
                r ->
                    r.imageId(ubuntu())
                        .minCount(1)
                        .maxCount(1)
                        .instanceType(InstanceType.M6_I_LARGE)
                        .instanceInitiatedShutdownBehavior("terminate")
                        .metadataOptions(m -> m.httpTokens(HttpTokensState.REQUIRED))
                        .securityGroupIds(hostGroup)
                        .iamInstanceProfile(p -> p.name(PROFILE))
                        .userData(Base64.getEncoder().encodeToString(userData.getBytes(UTF_8))))
            .instances()
            .get(0)
            .instanceId();
    await("online", Duration.ofSeconds(30), () -> ping(instance).equals(Optional.of("Online")));
    return instance;
  }

  Optional<String> ping(String instance) {
    InstanceInformationStringFilter filter =
        InstanceInformationStringFilter.builder().key("InstanceIds").values(instance).build();
    return ssm
        .describeInstanceInformation(r -> r.filters(filter))
        .instanceInformationList()
        .stream()
        .map(information -> information.pingStatus())
        .map(PingStatus::toString)
        .findFirst();
  }

  /** Sends a script through AWS-RunShellScript; the command's id. */
  String send(String instance, String script) {
    return send(instance, Map.of("commands", List.of(script)));
  }

  String send(String instance, Map<String, List<String>> parameters) {
    return ssm.sendCommand(
            r -> r.instanceIds(instance).documentName("AWS-RunShellScript").parameters(parameters))
        .command()
        .commandId();
  }

  /** Runs a script to its end. */
  GetCommandInvocationResponse run(String instance, String script) {
    return end(instance, send(instance, script));
  }

  /** Waits for the end of a command. */
  GetCommandInvocationResponse end(String instance, String command) {
    await(
        "the end of " + command,
        Duration.ofSeconds(60),
        () -> look(instance, command).filter(TestAccount::hasEnded).isPresent());
    return look(instance, command).orElseThrow();
  }

  Optional<GetCommandInvocationResponse> look(String instance, String command) {
    try {
      return Optional.of(ssm.getCommandInvocation(r -> r.instanceId(instance).commandId(command)));
    } catch (InvocationDoesNotExistException e) {
      return Optional.empty();
    }
  }

  /**
   * Names of the networks that an instance's container is on; empty where there is no container.
   */
  List<String> networks(String instance) {
    try {
      return docker
          .inspectContainerCmd(aws.hostContainer(instance))
          .exec()
          .getNetworkSettings()
          .getNetworks()
          .keySet()
          .stream()
          .sorted()
          .toList();
    } catch (NotFoundException e) {
      return List.of();
    }
  }

  String network(String name) {
    return "tsferry-%s-%s".formatted(lab, name);
  }

  /** Runs a command in an instance's container, past Run Command. */
  void exec(String instance, String... command) {
    String id = docker.execCreateCmd(aws.hostContainer(instance)).withCmd(command).exec().getId();
    docker.execStartCmd(id).withDetach(true).exec(new ResultCallback.Adapter<>());
    await(
        String.join(" ", command),
        Duration.ofSeconds(20),
        () -> Long.valueOf(0).equals(docker.inspectExecCmd(id).exec().getExitCodeLong()));
  }

  static void await(String what, Duration atMost, Supplier<Boolean> condition) {
    Instant deadline = Instant.now().plus(atMost);
    while (!condition.get()) {
      assertThat(Instant.now()).as("waiting for " + what).isBefore(deadline);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    aws.close();
    docker.removeNetworkCmd(network("vpc")).exec();
    docker.removeNetworkCmd(network("internet")).exec();
  }

  private static boolean hasEnded(GetCommandInvocationResponse invocation) {
    return !List.of(
            CommandInvocationStatus.PENDING,
            CommandInvocationStatus.IN_PROGRESS,
            CommandInvocationStatus.CANCELLING)
        .contains(invocation.status());
  }

  String vpc() {
    return ec2.describeVpcs().vpcs().get(0).vpcId();
  }

  private void createProfile() {
    try (IamClient iam = client(IamClient.builder())) {
      iam.createRole(r -> r.roleName(PROFILE).assumeRolePolicyDocument("{}"));
      iam.putRolePolicy(
          r ->
              r.roleName(PROFILE)
                  .policyName("agent")
                  .policyDocument(
                      """
                      {"Version": "2012-10-17", "Statement": [
                        {"Effect": "Allow", "Resource": "*",
                         "Action": "ssm:UpdateInstanceInformation"},
                        {"Effect": "Allow", "Resource": "arn:aws:secretsmanager:*:*:secret:host/*",
                         "Action": ["secretsmanager:GetSecretValue"]}]}
                      """));
      iam.createInstanceProfile(r -> r.instanceProfileName(PROFILE));
      iam.addRoleToInstanceProfile(r -> r.instanceProfileName(PROFILE).roleName(PROFILE));
    }
  }

  private String createNetwork(String name, boolean withoutWayOut) {
    return docker
        .createNetworkCmd()
        .withName(network(name))
        .withInternal(withoutWayOut)
        .withLabels(Map.of("tsferry.lab", lab))
        .exec()
        .getId();
  }

  private record ExistingNetwork(String id) implements Network {
    @Override
    public String getId() {
      return id;
    }

    @Override
    public void close() {
      // Removed with the account.
    }
  }
}
