package dev.tsferry.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.account.AwsClients;
import dev.tsferry.lab.account.RdsInstance;
import dev.tsferry.lab.aws.OperatorPolicy.Call;
import dev.tsferry.lab.aws.OperatorPolicy.Statement;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.Quiesce;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/**
 * The whole journey in an account, by somebody who has {@code docs/iam/operator.json} and nothing
 * else: from the plan to nothing left. The account holds him to it, also in what CloudFormation
 * does for him, and records every call.
 */
@NotOnLocalStack
@InEmulatedAccount
class OperatorJourneyIT {
  private static final String NAME = "journey";
  private static final File NOTHING = new File("/dev/null");

  // What AWS asks for and the emulated account does not; each as AWS documents it.
  private static final Map<String, String> SEEN_ON_AWS_ONLY =
      Map.ofEntries(
          Map.entry(
              "cloudformation:DescribeEvents", "newer cdk programs follow a deployment with it"),
          Map.entry("ec2:CreateLaunchTemplateVersion", "an update of the plan's host part"),
          Map.entry("ec2:DescribeLaunchTemplateVersions", "CloudFormation reads what it made"),
          Map.entry("iam:GetInstanceProfile", "CloudFormation waits for what it made"),
          Map.entry("iam:GetRole", "CloudFormation waits for what it made"),
          Map.entry("iam:GetRolePolicy", "CloudFormation reads what it made"),
          Map.entry("secretsmanager:DescribeSecret", "CloudFormation reads what it made"),
          Map.entry("secretsmanager:UpdateSecret", "an update of the plan's keys"),
          Map.entry("ssm:DescribeDocument", "CloudFormation reads what it made"),
          Map.entry("ssm:GetDocument", "CloudFormation reads what it made"),
          Map.entry("ssm:UpdateDocument", "an update of tsferry"),
          Map.entry("ssm:UpdateDocumentDefaultVersion", "an update of tsferry"));

  // What plans of other sources and networks than this journey's ask for.
  private static final Map<String, String> OTHER_JOURNEYS =
      Map.of(
          "cloudformation:DeleteChangeSet", "a deployment after one that was cut short",
          "ec2:DescribeNatGateways", "a subnet whose way out is a NAT",
          "ec2:DescribeVpcAttribute", "a subnet without a way out",
          "ec2:DescribeVpcEndpoints", "a subnet without a way out",
          "ec2:DescribeVpcs", "a self-hosted source",
          "rds:DescribeCertificates", "an instance whose authority is an old one",
          "rds:DescribeDBClusterParameters", "an Aurora cluster",
          "rds:DescribeDBClusters", "an Aurora cluster",
          "rds:DescribeDBParameters", "an instance with a parameter group");

  @TempDir Path directory;
  private TestAccount account;
  private OperatorPolicy policy;
  private TypedCommands operator;

  @BeforeEach
  void makeOperator(TestAccount shared) throws IOException {
    account = shared;
    policy = OperatorPolicy.read();
    new RdsInstance("journey-db", "15.18", "orders", "postgres")
        .register(
            new AwsClients(
                account.aws().endpoint(),
                EmulatedAws.REGION,
                account.aws().accessKey(),
                account.aws().secretKey()),
            "source-password",
            1L << 30);
    try (IamClient iam = account.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("operator"));
      iam.putUserPolicy(
          r -> r.userName("operator").policyName("tsferry").policyDocument(policy.text()));
      AccessKey key = iam.createAccessKey(r -> r.userName("operator")).accessKey();
      operator =
          new TypedCommands(
              directory,
              Map.of(
                  "AWS_ENDPOINT_URL", account.aws().endpoint().toString(),
                  "AWS_REGION", EmulatedAws.REGION,
                  "AWS_ACCESS_KEY_ID", key.accessKeyId(),
                  "AWS_SECRET_ACCESS_KEY", key.secretAccessKey()));
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void journey_withTheOperatorsPolicyAndNothingElse_goesToItsEnd() throws Exception {
    Path ca = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
    operator.succeed(
        "tsferry plan --rds journey-db --name %s --target-host target.test --target-port 31000 --source-ca %s"
            .formatted(NAME, ca));
    operator.succeed("cdk deploy --context plan=" + directory.resolve("migration.json"));
    everyResourceOfTheTemplateExists();
    String host = host();
    changeThePipeline();
    operator.succeed("tsferry up");
    assertThat(host()).as("a plan whose host part is the same keeps its host").isEqualTo(host);

    Path password = Files.writeString(directory.resolve("password"), "target-password\n");
    assertThat(operator.type("tsferry secret set target", password.toFile()).code()).isZero();
    assertThat(operator.type("tsferry run", NOTHING).code())
        .as("the run is started, and finds no source behind its name")
        .isEqualTo(6);
    assertThat(operator.succeed("tsferry status")).contains("expires     ").contains("failed");
    operator.succeed("tsferry extend 5");
    assertThat(operator.type("tsferry down --check", NOTHING).code())
        .as("everything is there still")
        .isEqualTo(9);
    operator.succeed("cdk destroy --force --context plan=" + directory.resolve("migration.json"));
    assertThat(operator.succeed("tsferry down --yes")).contains("nothing of journey is left");

    // cdk asks for a bootstrap stack, and goes on without an answer.
    List<Call> calls =
        OperatorPolicy.calls(record()).stream()
            .filter(call -> !String.valueOf(call.resource()).contains(":stack/CDKToolkit/"))
            .toList();
    assertThat(calls).isNotEmpty().allMatch(Call::allowed);
    everyActionIsNeeded(calls);
    everyStatementIsNeeded(calls);
  }

  private void everyActionIsNeeded(List<Call> calls) {
    Set<String> called = calls.stream().map(Call::action).collect(Collectors.toSet());
    Set<String> unused = new TreeSet<>();
    policy.statements().forEach(statement -> unused.addAll(statement.actions()));
    unused.removeAll(called);
    unused.removeAll(OTHER_JOURNEYS.keySet());
    assertThat(unused)
        .as("actions that nothing needs, beyond those that only AWS asks for")
        .containsExactlyInAnyOrderElementsOf(SEEN_ON_AWS_ONLY.keySet());
  }

  // The same rule as the account's own, so that leaving a statement out can be tried on the record.
  private void everyStatementIsNeeded(List<Call> calls) {
    List<Call> known =
        calls.stream().filter(call -> !call.action().equals("sts:GetCallerIdentity")).toList();
    assertThat(known).as("the test's rule and the account's agree").allMatch(policy::allows);
    for (Statement statement : policy.statements()) {
      assertThat(known)
          .as("without the statement " + statement.sid())
          .anyMatch(call -> !policy.without(statement).allows(call));
    }
  }

  private void everyResourceOfTheTemplateExists() {
    List<StackResource> resources = stackResources();
    AccountContents contents = new AccountContents(account);
    assertThat(resources).hasSize(10);
    for (StackResource resource : resources) {
      assertThat(resource.resourceStatusAsString()).isEqualTo("CREATE_COMPLETE");
      assertThat(contents.has(resource.resourceType(), resource.physicalResourceId()))
          .as("%s %s", resource.resourceType(), resource.physicalResourceId())
          .isTrue();
    }
  }

  private List<StackResource> stackResources() {
    try (CloudFormationClient stacks = account.client(CloudFormationClient.builder())) {
      return stacks.describeStackResources(r -> r.stackName("tsferry-" + NAME)).stackResources();
    }
  }

  private String host() {
    return stackResources().stream()
        .filter(resource -> resource.resourceType().equals("AWS::EC2::Instance"))
        .map(StackResource::physicalResourceId)
        .findFirst()
        .orElseThrow();
  }

  private void changeThePipeline() {
    Path file = directory.resolve("migration.json");
    MigrationPlan plan = PlanFile.read(file);
    PlanFile.write(
        plan.with(plan.pipeline().with(new Quiesce(Quiesce.Mode.OBSERVE, false, false, false))),
        file);
  }

  private String record() throws IOException, InterruptedException {
    URI calls = account.aws().endpoint().resolve("/lab/calls");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(calls).build(), BodyHandlers.ofString())
        .body();
  }
}
