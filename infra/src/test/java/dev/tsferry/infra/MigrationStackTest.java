package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.deployment.StackOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What a security reviewer would look for in the template as a whole, held fast. */
class MigrationStackTest {
  private static Template managed;
  private static Template unmanaged;

  @BeforeAll
  static void synthesize() {
    managed = SampleStack.template();
    unmanaged = SampleStack.template(SampleStack::unmanaged);
  }

  @Test
  void secrets_areCreatedEmpty_underNamesOfThisStack() {
    managed.resourceCountIs("AWS::SecretsManager::Secret", 1);
    unmanaged.resourceCountIs("AWS::SecretsManager::Secret", 2);
    for (Template template : List.of(managed, unmanaged)) {
      template.allResourcesProperties(
          "AWS::SecretsManager::Secret",
          Map.of("SecretString", Match.absent(), "GenerateSecretString", Match.absent()));
      template.allResources("AWS::SecretsManager::Secret", Map.of("DeletionPolicy", "Delete"));
    }
    assertThat(managed.findResources("AWS::SecretsManager::Secret").toString())
        .contains("tsferry/orders/target-")
        .contains("AWS::StackId");
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
    managed.hasResource("AWS::S3::Bucket", Map.of("DeletionPolicy", "Delete"));
    managed.hasResourceProperties(
        "AWS::S3::BucketPolicy", denying(Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
  }

  @Test
  void bucket_refusesSignaturesOlderThanAQuarterOfAnHour() {
    managed.hasResourceProperties(
        "AWS::S3::BucketPolicy",
        denying(Map.of("NumericGreaterThan", Map.of("s3:signatureAge", 900_000))));
  }

  private static Map<String, Object> denying(Map<String, Object> condition) {
    Object statement = Match.objectLike(Map.of("Effect", "Deny", "Condition", condition));
    return Map.of(
        "PolicyDocument",
        Match.objectLike(Map.of("Statement", Match.arrayWith(List.of(statement)))));
  }

  @Test
  void document_takesBase64AndATimeThatTheAgentKeeps() {
    Map<String, Object> content = properties(managed, "AWS::SSM::Document", "Content");
    String script = pattern(content, "script");
    String seconds = pattern(content, "executionTimeout");
    assertThat("ZWNobyAkKCgpKQo=").matches(script);
    assertThat("'; reboot").doesNotMatch(script);
    assertThat(List.of("5", "10", "600", "99999", "172800"))
        .allMatch(value -> value.matches(seconds));
    assertThat(List.of("", "0", "4", "172801", "999999", "60; reboot"))
        .noneMatch(value -> value.matches(seconds));
  }

  @Test
  void everythingThatCanBearATag_bearsTheMigrations() {
    Map<String, Map<String, Object>> resources = resources(unmanaged);
    TreeSet<String> untagged = new TreeSet<>();
    resources.values().stream()
        .filter(resource -> !resource.toString().contains("tsferry:migration"))
        .forEach(resource -> untagged.add(resource.get("Type").toString()));
    // None of these takes tags in CloudFormation.
    assertThat(untagged)
        .containsExactly(
            "AWS::EC2::SecurityGroupIngress", "AWS::IAM::InstanceProfile", "AWS::S3::BucketPolicy");
  }

  @Test
  void names_areCloudFormations_soThatTwoMigrationsDoNotCollide() {
    List<String> naming =
        List.of("RoleName", "InstanceProfileName", "GroupName", "LaunchTemplateName", "BucketName");
    resources(unmanaged)
        .forEach(
            (id, resource) -> {
              Map<?, ?> properties = (Map<?, ?>) resource.get("Properties");
              assertThat(properties.keySet().stream().map(Object::toString).toList())
                  .as(id)
                  .doesNotContainAnyElementsOf(naming);
              boolean secret = resource.get("Type").equals("AWS::SecretsManager::Secret");
              assertThat(properties.containsKey("Name")).as(id).isEqualTo(secret);
            });
  }

  @Test
  void nothing_survivesTheStack() {
    resources(unmanaged)
        .forEach(
            (id, resource) ->
                assertThat(resource.getOrDefault("DeletionPolicy", "Delete"))
                    .as(id)
                    .isEqualTo("Delete"));
  }

  @Test
  void stack_publishesEveryOutput() {
    Arrays.stream(StackOutput.values()).forEach(o -> managed.hasOutput(o.key(), Map.of()));
  }

  @Test
  void template_needsNoBootstrappedAccount() {
    assertThat(unmanaged.toJSON().toString().length()).isLessThan(50 * 1024);
    assertThat(unmanaged.toJSON().toString()).doesNotContain("cdk-hnb659fds", "BootstrapVersion");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> properties(Template template, String type, String name) {
    Map<String, Object> resource = template.findResources(type).values().iterator().next();
    return (Map<String, Object>) ((Map<String, Object>) resource.get("Properties")).get(name);
  }

  private static String pattern(Map<String, Object> document, String parameter) {
    Map<?, ?> parameters = (Map<?, ?>) document.get("parameters");
    return ((Map<?, ?>) parameters.get(parameter)).get("allowedPattern").toString();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> resources(Template template) {
    return (Map<String, Map<String, Object>>) template.toJSON().get("Resources");
  }
}
