package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;

/**
 * What a migration left elsewhere than in EC2 and IAM: the stack itself, and what stores things.
 */
final class StoredLeftovers {
  // Where Systems Manager writes commands' output when it is told to; tsferry does not tell it.
  private static final String LOG_GROUPS = "/aws/ssm/";

  private final SecretsManagerClient secrets;
  private final S3Client s3;
  private final SsmClient ssm;
  private final CloudWatchLogsClient logs;
  private final CloudFormationClient cloudFormation;

  StoredLeftovers(
      SecretsManagerClient secrets,
      S3Client s3,
      SsmClient ssm,
      CloudWatchLogsClient logs,
      CloudFormationClient cloudFormation) {
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.s3 = requireNonNull(s3, "s3 is null");
    this.ssm = requireNonNull(ssm, "ssm is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.cloudFormation = requireNonNull(cloudFormation, "cloudFormation is null");
  }

  List<Look> looks(MigrationMark mark) {
    return List.of(
        new Look("stacks", "cloudformation:DescribeStacks", () -> stack(mark)),
        new Look("secrets", "secretsmanager:ListSecrets", () -> secrets(mark)),
        new Look("buckets", "s3:ListAllMyBuckets", () -> buckets(mark)),
        new Look("documents", "ssm:ListDocuments", () -> documents(mark)),
        new Look("log groups", "logs:DescribeLogGroups", () -> logGroups(mark)));
  }

  private List<Leftover> stack(MigrationMark mark) {
    return new SdkStackDirectory(cloudFormation)
            .find(mark.stack())
            .map(stack -> new Leftover("stack", stack.name(), stack.status()))
            .stream()
            .toList();
  }

  // With those that are pending deletion: their names stay taken until they are gone.
  private List<Leftover> secrets(MigrationMark mark) {
    String prefix = "tsferry/" + mark.name() + "/";
    Filter named = Filter.builder().key(FilterNameStringType.NAME).values(prefix).build();
    return secrets
        .listSecretsPaginator(request -> request.filters(named).includePlannedDeletion(true))
        .stream()
        .flatMap(page -> page.secretList().stream())
        .filter(secret -> secret.name().startsWith(prefix))
        .map(secret -> new Leftover("secret", secret.name(), state(secret)))
        .toList();
  }

  private static String state(SecretListEntry secret) {
    return secret.deletedDate() == null
        ? "not deleted"
        : "pending deletion since " + secret.deletedDate();
  }

  private List<Leftover> buckets(MigrationMark mark) {
    return s3.listBuckets().buckets().stream()
        .filter(bucket -> mark.mayBeOn(bucket.name()))
        .filter(bucket -> mark.on(bucket.name(), tag(bucket.name())))
        .map(bucket -> new Leftover("bucket", bucket.name(), "not deleted"))
        .toList();
  }

  private Optional<String> tag(String bucket) {
    return AwsErrors.call(
        "s3:GetBucketTagging",
        "looking whose bucket %s is".formatted(bucket),
        () -> {
          try {
            return s3.getBucketTagging(request -> request.bucket(bucket)).tagSet().stream()
                .filter(tag -> tag.key().equals(ResourceNames.TAG))
                .map(Tag::value)
                .findFirst();
          } catch (S3Exception e) {
            // A bucket without tags answers NoSuchTagSet; its name says enough then.
            if ("NoSuchTagSet".equals(e.awsErrorDetails().errorCode())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private List<Leftover> documents(MigrationMark mark) {
    DocumentKeyValuesFilter own =
        DocumentKeyValuesFilter.builder().key("Owner").values("Self").build();
    return ssm
        .listDocumentsPaginator(request -> request.filters(own))
        .documentIdentifiers()
        .stream()
        .filter(
            document ->
                mark.on(
                    document.name(),
                    document.tags().stream()
                        .filter(tag -> tag.key().equals(ResourceNames.TAG))
                        .map(tag -> tag.value())
                        .findFirst()))
        .map(document -> new Leftover("document", document.name(), "not deleted"))
        .toList();
  }

  private List<Leftover> logGroups(MigrationMark mark) {
    return logs
        .describeLogGroupsPaginator(
            request -> request.logGroupNamePrefix(LOG_GROUPS + mark.stack() + "-"))
        .logGroups()
        .stream()
        .map(group -> new Leftover("log group", group.logGroupName(), "not deleted"))
        .toList();
  }
}
