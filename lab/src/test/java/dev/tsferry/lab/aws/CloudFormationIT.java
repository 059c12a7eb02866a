package dev.tsferry.lab.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The lab's stacks make what their templates say, fail where AWS would, and leave nothing. */
@NotOnLocalStack
@InEmulatedAccount
@TestInstance(Lifecycle.PER_CLASS)
class CloudFormationIT {
  private TestAccount account;
  private CloudFormationClient stacks;
  private S3Client s3;
  private SecretsManagerClient secrets;
  private String databaseGroup;

  @BeforeAll
  void createDatabase(TestAccount shared) {
    account = shared;
    stacks = account.client(CloudFormationClient.builder());
    s3 = account.client(S3Client.builder().forcePathStyle(true));
    secrets = account.client(SecretsManagerClient.builder());
    databaseGroup = account.createDatabase("stacks-db");
  }

  @AfterAll
  void closeClients() {
    stacks.close();
    s3.close();
    secrets.close();
  }

  @Test
  void stack_createdAndDeleted_makesWhatItSaysAndLeavesNothing() throws IOException {
    Map<String, String> outputs = outputs(create("whole", template()));

    Volume data = volume(outputs.get("VolumeId"));
    assertThat(data.encrypted()).isTrue();
    assertThat(data.throughput()).isEqualTo(500);
    assertThat(data.attachments().get(0).instanceId()).isEqualTo(outputs.get("InstanceId"));
    assertThat(databaseRules()).hasSize(1);
    assertThatThrownBy(
            () -> secrets.getSecretValue(r -> r.secretId(outputs.get("TargetSecretArn"))))
        .as("a secret made without a value has none")
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(s3.getBucketPolicy(r -> r.bucket(outputs.get("PushBucket"))).policy())
        .contains("aws:SecureTransport");

    stacks.deleteStack(r -> r.stackName("whole"));

    assertThat(databaseRules()).isEmpty();
    assertThat(s3.listBuckets().buckets()).isEmpty();
    assertThat(secrets.listSecrets().secretList()).noneMatch(s -> s.name().startsWith("tsferry/"));
    assertThat(account.ec2().describeVolumes().volumes())
        .noneMatch(volume -> volume.volumeId().equals(data.volumeId()));
    assertThat(instanceState(outputs.get("InstanceId"))).isEqualTo("terminated");
    assertThatThrownBy(() -> stacks.describeStacks(r -> r.stackName("whole")))
        .isInstanceOf(CloudFormationException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void stack_withFullBucket_isNotDeletedUntilTheBucketIsEmpty() {
    String template =
        """
        {"Resources": {"Push": {"Type": "AWS::S3::Bucket"}},
         "Outputs": {"Push": {"Value": {"Ref": "Push"}}}}
        """;
    String bucket = outputs(create("full", template)).get("Push");
    s3.putObject(r -> r.bucket(bucket).key("runner.jar"), RequestBody.fromString("jar"));

    stacks.deleteStack(r -> r.stackName("full"));

    assertThat(stack("full").stackStatusAsString()).isEqualTo("DELETE_FAILED");
    assertThat(stack("full").stackStatusReason()).contains("[Push]");
    assertThat(stacks.describeStackEvents(r -> r.stackName("full")).stackEvents())
        .anyMatch(event -> String.valueOf(event.resourceStatusReason()).contains(bucket));
    s3.deleteObject(r -> r.bucket(bucket).key("runner.jar"));
    stacks.deleteStack(r -> r.stackName("full"));
    assertThatThrownBy(() -> stack("full")).isInstanceOf(CloudFormationException.class);
  }

  @Test
  void stack_withATypeThatTheLabLacks_isRefused() {
    String template =
        "{\"Resources\": {\"W\": {\"Type\": \"AWS::CloudFormation::WaitCondition\"}}}";

    assertThatThrownBy(() -> create("unknown-type", template))
        .isInstanceOf(CloudFormationException.class)
        .hasMessageContaining("Unrecognized resource types: [AWS::CloudFormation::WaitCondition]");
  }

  @Test
  void stack_withAPropertyThatTheLabLacks_isRolledBack() {
    String template =
        """
        {"Resources": {
          "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "rolled-back"}},
          "Bucket": {"Type": "AWS::S3::Bucket", "DependsOn": "Secret",
            "Properties": {"ReplicationConfiguration": {}}}}}
        """;

    Stack stack = create("unknown-property", template);

    assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(stack.stackStatusReason()).contains("ReplicationConfiguration");
    assertThat(secrets.listSecrets().secretList()).noneMatch(s -> s.name().equals("rolled-back"));
  }

  private Stack create(String name, String template) {
    List<Parameter> parameters =
        template.contains("\"Parameters\"")
            ? List.of(
                parameter("Ami", account.ubuntu()),
                parameter("Vpc", account.vpc()),
                parameter("DatabaseGroup", databaseGroup))
            : List.of();
    stacks.createStack(r -> r.stackName(name).templateBody(template).parameters(parameters));
    return stack(name);
  }

  private Stack stack(String name) {
    return stacks.describeStacks(r -> r.stackName(name)).stacks().get(0);
  }

  private static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }

  private static Map<String, String> outputs(Stack stack) {
    assertThat(stack.stackStatusAsString())
        .as(stack.stackStatusReason())
        .isEqualTo("CREATE_COMPLETE");
    return stack.outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  private List<IpPermission> databaseRules() {
    return account
        .ec2()
        .describeSecurityGroups(r -> r.groupIds(databaseGroup))
        .securityGroups()
        .get(0)
        .ipPermissions();
  }

  private Volume volume(String id) {
    return account.ec2().describeVolumes(r -> r.volumeIds(id)).volumes().get(0);
  }

  private String instanceState(String id) {
    return account
        .ec2()
        .describeInstances(r -> r.instanceIds(id))
        .reservations()
        .get(0)
        .instances()
        .get(0)
        .state()
        .nameAsString();
  }

  private static String template() throws IOException {
    try (InputStream template = CloudFormationIT.class.getResourceAsStream("stack.json")) {
      return new String(template.readAllBytes(), UTF_8);
    }
  }
}
