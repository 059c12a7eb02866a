package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.deployment.StackOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What a security reviewer would look for in the template, held fast. */
class MigrationStackTest {
  @TempDir static Path directory;
  private static Template managed;
  private static Template unmanaged;

  @BeforeAll
  static void synthesize() throws IOException {
    managed = template(text -> text);
    unmanaged =
        template(
            text ->
                text.replaceFirst("\"secretArn\" : \"[^\"]*\",", "")
                    .replace("\"publicAddress\" : true", "\"publicAddress\" : false"));
  }

  @Test
  void host_hasNoInboundRule_andNoKeyPair() {
    managed.hasResourceProperties(
        "AWS::EC2::SecurityGroup", Map.of("SecurityGroupIngress", Match.absent()));
    managed.hasResourceProperties("AWS::EC2::Instance", Map.of("KeyName", Match.absent()));
    managed.resourceCountIs("AWS::EC2::SecurityGroupIngress", 1);
  }

  @Test
  void onlyRule_isOnTheSourcesGroup_fromTheHost_onTheDatabasePort() {
    managed.hasResourceProperties(
        "AWS::EC2::SecurityGroupIngress",
        Map.of(
            "GroupId",
            "sg-0a1b2c3d",
            "SourceSecurityGroupId",
            Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("HostSecurityGroup.*"), "GroupId")),
            "FromPort",
            5432,
            "ToPort",
            5432,
            "IpProtocol",
            "tcp"));
  }

  @Test
  void outbound_reachesSourceTargetHttpsAndMirrors_only() {
    managed.hasResourceProperties(
        "AWS::EC2::SecurityGroup",
        Map.of(
            "SecurityGroupEgress",
            List.of(
                Match.objectLike(
                    Map.of("DestinationSecurityGroupId", "sg-0a1b2c3d", "FromPort", 5432)),
                Match.objectLike(Map.of("FromPort", 31000, "ToPort", 31000)),
                Match.objectLike(Map.of("FromPort", 443, "ToPort", 443)),
                Match.objectLike(Map.of("FromPort", 80, "ToPort", 80)))));
  }

  @Test
  void instance_requiresImdsV2_isPinned_andTerminatesOnShutdown() {
    managed.hasResourceProperties(
        "AWS::EC2::Instance",
        Map.of(
            "MetadataOptions", Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 1),
            "ImageId", "ami-0a1b2c3d",
            "InstanceInitiatedShutdownBehavior", "terminate",
            "AvailabilityZone", "us-east-1a"));
  }

  @Test
  void volumes_areEncrypted_andHaveThePlansSizeAndSpeed() {
    managed.hasResourceProperties(
        "AWS::EC2::Instance",
        Map.of(
            "BlockDeviceMappings",
            List.of(
                Match.objectLike(
                    Map.of(
                        "Ebs",
                        Match.objectLike(
                            Map.of("Encrypted", true, "VolumeSize", 20, "VolumeType", "gp3")))))));
    managed.hasResource(
        "AWS::EC2::Volume",
        Map.of(
            "DeletionPolicy",
            "Delete",
            "Properties",
            Match.objectLike(
                Map.of("Encrypted", true, "Size", 40, "Iops", 4000, "Throughput", 500))));
  }

  @Test
  void userData_holdsNothingOfThePlan() {
    String template = managed.toJSON().get("Resources").toString();
    String userData = template.substring(template.indexOf("UserData"));
    userData = userData.substring(0, userData.indexOf("fi\n"));
    assertThat(userData).contains("#!/bin/bash").doesNotContain("orders", "timescale", "tsdb");
  }

  @Test
  void role_readsTheTwoSecrets_andNothingElse() {
    Map<String, Object> readSecrets =
        Map.of(
            "Action",
            "secretsmanager:GetSecretValue",
            "Resource",
            List.of(
                Map.of("Ref", Match.stringLikeRegexp("SecretsTarget.*")),
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1234-AbCdEf"));
    List<Object> statements =
        List.of(Match.objectLike(Map.of("Sid", "SsmAgent")), Match.objectLike(readSecrets));
    managed.resourceCountIs("AWS::IAM::Policy", 0);
    managed.hasResourceProperties(
        "AWS::IAM::Role",
        Map.of("ManagedPolicyArns", Match.absent(), "Policies", List.of(policy(statements))));
  }

  private static Object policy(List<Object> statements) {
    return Match.objectLike(
        Map.of("PolicyDocument", Match.objectLike(Map.of("Statement", statements))));
  }

  @Test
  void secrets_areCreatedEmpty() {
    managed.resourceCountIs("AWS::SecretsManager::Secret", 1);
    unmanaged.resourceCountIs("AWS::SecretsManager::Secret", 2);
    for (Template template : List.of(managed, unmanaged)) {
      template.allResourcesProperties(
          "AWS::SecretsManager::Secret",
          Map.of("SecretString", Match.absent(), "GenerateSecretString", Match.absent()));
    }
  }

  @Test
  void privateSubnet_givesNoPublicAddress() {
    unmanaged.hasResourceProperties(
        "AWS::EC2::Instance",
        Map.of(
            "NetworkInterfaces",
            List.of(
                Match.objectLike(
                    Map.of("AssociatePublicIpAddress", false, "SubnetId", "subnet-0a1b2c3d")))));
  }

  @Test
  void bucket_isPrivate_tlsOnly_andExpiresAfterADay() {
    managed.hasResourceProperties(
        "AWS::S3::Bucket",
        Map.of(
            "PublicAccessBlockConfiguration",
                Map.of(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true),
            "LifecycleConfiguration",
                Map.of("Rules", List.of(Match.objectLike(Map.of("ExpirationInDays", 1))))));
    managed.hasResourceProperties(
        "AWS::S3::BucketPolicy",
        Map.of(
            "PolicyDocument",
            Match.objectLike(
                Map.of(
                    "Statement",
                    Match.arrayWith(
                        List.of(
                            Match.objectLike(
                                Map.of(
                                    "Effect",
                                    "Deny",
                                    "Condition",
                                    Map.of("Bool", Map.of("aws:SecureTransport", "false"))))))))));
  }

  @Test
  void stack_publishesEveryOutput() {
    Arrays.stream(StackOutput.values()).forEach(o -> managed.hasOutput(o.key(), Map.of()));
  }

  @Test
  void template_isSmallEnoughToDeployWithoutABucket() {
    assertThat(managed.toJSON().toString().length()).isLessThan(50 * 1024);
  }

  private static Template template(java.util.function.UnaryOperator<String> change)
      throws IOException {
    try (InputStream sample = MigrationStackTest.class.getResourceAsStream("migration.json")) {
      String text = new String(sample.readAllBytes(), StandardCharsets.UTF_8);
      Path file = Files.writeString(directory.resolve("migration.json"), change.apply(text));
      MigrationPlan plan = PlanFile.read(file);
      return Template.fromStack(MigrationApp.createStack(new App(), plan));
    }
  }
}
