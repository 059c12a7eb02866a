package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** The host's role may do what the host does, on what is its own, and nothing else. */
class LeastPrivilegeTest {
  private static final String SECRETS_KEY =
      "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-44445555aaaa";
  private static final String SOURCE_KEY =
      "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-44445555bbbb";
  private static final String RDS_SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1234-AbCdEf";

  // Each action with what would not work without it.
  private static final Map<String, String> REASONS =
      new TreeMap<>(
          Map.of(
              "ssm:UpdateInstanceInformation", "the agent registers, and says that it is alive",
              "ssmmessages:CreateControlChannel", "the agent asks for the channel of commands",
              "ssmmessages:OpenControlChannel", "and opens it",
              "secretsmanager:GetSecretValue", "the two passwords"));

  @Test
  void role_hasAReasonForEachAction_andNoPolicyOfAws() {
    Template template = SampleStack.template();

    assertThat(
            statements(template).stream()
                .flatMap(statement -> list(statement.get("Action")).stream())
                .sorted()
                .toList())
        .containsExactlyElementsOf(REASONS.keySet());
    template.resourceCountIs("AWS::IAM::Policy", 0);
    template.resourceCountIs("AWS::IAM::ManagedPolicy", 0);
    template.hasResourceProperties("AWS::IAM::Role", Map.of("ManagedPolicyArns", Match.absent()));
  }

  @Test
  void role_isForEc2Alone() {
    SampleStack.template()
        .hasResourceProperties(
            "AWS::IAM::Role",
            Map.of(
                "AssumeRolePolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(
                            Map.of(
                                "Action", "sts:AssumeRole",
                                "Effect", "Allow",
                                "Principal", Map.of("Service", "ec2.amazonaws.com")))))));
  }

  @Test
  void role_readsTheTwoSecrets_andNothingElse() {
    Map<String, Object> read = statements(SampleStack.template()).get(1);

    assertThat(read.get("Action")).isEqualTo("secretsmanager:GetSecretValue");
    assertThat(list(read.get("Resource"))).hasSize(2).contains(RDS_SECRET);
    assertThat(read.get("Resource").toString()).contains("Ref=SecretsTarget");
  }

  @Test
  void onlyTheAgentsStatement_namesNoResource() {
    List<Map<String, Object>> everywhere =
        statements(SampleStack.template()).stream()
            .filter(statement -> list(statement.get("Resource")).contains("*"))
            .toList();

    assertThat(everywhere).hasSize(1);
    assertThat(everywhere.get(0)).containsEntry("Sid", "SsmAgent");
  }

  @Test
  void customersKeys_decryptTheirOwnSecretsOnly_throughSecretsManager() {
    Template template =
        SampleStack.template(
            text ->
                SampleStack.withHost("\"keys\" : {\"secretsKmsKeyArn\" : \"" + SECRETS_KEY + "\"}")
                    .apply(text)
                    .replace(
                        "\"engineVersion\"",
                        "\"secretKmsKeyArn\" : \"" + SOURCE_KEY + "\", \"engineVersion\""));

    List<Map<String, Object>> decrypting =
        statements(template).stream()
            .filter(statement -> statement.get("Action").equals("kms:Decrypt"))
            .toList();
    assertThat(decrypting)
        .extracting(s -> s.get("Resource"))
        .containsExactly(SECRETS_KEY, SOURCE_KEY);
    assertThat(decrypting)
        .allSatisfy(
            s ->
                assertThat(s.get("Condition").toString())
                    .contains("kms:ViaService=secretsmanager.us-east-1.amazonaws.com"));
    assertThat(decrypting.get(0).get("Condition").toString())
        .contains("Ref=SecretsTarget")
        .doesNotContain("rds!db");
    assertThat(decrypting.get(1).get("Condition").toString()).contains(RDS_SECRET);
    template.hasResourceProperties("AWS::SecretsManager::Secret", Map.of("KmsKeyId", SECRETS_KEY));
  }

  @Test
  void bucketsKey_isThePlans_andNoRightOfTheHost() {
    Template template =
        SampleStack.template(
            SampleStack.withHost("\"keys\" : {\"bucketKmsKeyArn\" : \"" + SECRETS_KEY + "\"}"));

    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Map.of(
            "BucketEncryption",
            Map.of(
                "ServerSideEncryptionConfiguration",
                List.of(
                    Map.of(
                        "BucketKeyEnabled",
                        true,
                        "ServerSideEncryptionByDefault",
                        Map.of("KMSMasterKeyID", SECRETS_KEY, "SSEAlgorithm", "aws:kms"))))));
    assertThat(statements(template).toString()).doesNotContain("kms:", "s3:");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> statements(Template template) {
    Map<String, Object> role = template.findResources("AWS::IAM::Role").values().iterator().next();
    Map<String, Object> properties = (Map<String, Object>) role.get("Properties");
    Map<String, Object> policy = ((List<Map<String, Object>>) properties.get("Policies")).get(0);
    Map<String, Object> document = (Map<String, Object>) policy.get("PolicyDocument");
    return (List<Map<String, Object>>) document.get("Statement");
  }

  private static List<String> list(Object value) {
    return value instanceof List<?> several
        ? several.stream().map(Object::toString).toList()
        : List.of(value.toString());
  }
}
