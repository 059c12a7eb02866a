package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.LeftoverSearch;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;

/** What a migration left in Secrets Manager, S3, Systems Manager and CloudFormation. */
final class StoredLeftovers implements LeftoverSearch {
  private final SecretsManagerClient secrets;
  private final S3Client s3;
  private final SsmClient ssm;
  private final CloudFormationClient cloudFormation;

  StoredLeftovers(
      SecretsManagerClient secrets,
      S3Client s3,
      SsmClient ssm,
      CloudFormationClient cloudFormation) {
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.s3 = requireNonNull(s3, "s3 is null");
    this.ssm = requireNonNull(ssm, "ssm is null");
    this.cloudFormation = requireNonNull(cloudFormation, "cloudFormation is null");
  }

  @Override
  public List<Leftover> search(String name, String sourceSecurityGroup) {
    List<Leftover> found = new ArrayList<>();
    new SdkStackDirectory(cloudFormation)
        .find(ResourceNames.stack(name))
        .ifPresent(stack -> found.add(new Leftover("stack", stack.name(), stack.status())));
    secrets(name, found);
    buckets(name, found);
    documents(name, found);
    return found;
  }

  private void secrets(String name, List<Leftover> found) {
    String prefix = "tsferry/" + name + "/";
    AwsErrors.call(
        "secretsmanager:ListSecrets",
        "looking for left-over secrets",
        () -> {
          Filter named = Filter.builder().key(FilterNameStringType.NAME).values(prefix).build();
          for (SecretListEntry secret :
              secrets.listSecretsPaginator(request -> request.filters(named)).stream()
                  .flatMap(page -> page.secretList().stream())
                  .toList()) {
            if (secret.name().startsWith(prefix)) {
              found.add(new Leftover("secret", secret.name(), "not deleted"));
            }
          }
          return found;
        });
  }

  private void buckets(String name, List<Leftover> found) {
    AwsErrors.call(
        "s3:ListAllMyBuckets",
        "looking for left-over buckets",
        () -> {
          for (Bucket bucket : s3.listBuckets().buckets()) {
            if (SdkLeftoverSearch.named(bucket.name(), name) && ofMigration(bucket, name)) {
              found.add(new Leftover("bucket", bucket.name(), "not deleted"));
            }
          }
          return found;
        });
  }

  private boolean ofMigration(Bucket bucket, String name) {
    try {
      return s3.getBucketTagging(request -> request.bucket(bucket.name())).tagSet().stream()
          .filter(tag -> tag.key().equals(ResourceNames.TAG))
          .allMatch(tag -> tag.value().equals(name));
    } catch (S3Exception e) {
      // A bucket without tags answers NoSuchTagSet; its name says enough then.
      if ("NoSuchTagSet".equals(e.awsErrorDetails().errorCode())) {
        return true;
      }
      throw e;
    }
  }

  private void documents(String name, List<Leftover> found) {
    AwsErrors.call(
        "ssm:ListDocuments",
        "looking for left-over documents",
        () -> {
          DocumentKeyValuesFilter own =
              DocumentKeyValuesFilter.builder().key("Owner").values("Self").build();
          for (DocumentIdentifier document :
              ssm.listDocumentsPaginator(request -> request.filters(own)).documentIdentifiers()) {
            boolean other =
                document.tags().stream()
                    .anyMatch(
                        tag -> tag.key().equals(ResourceNames.TAG) && !tag.value().equals(name));
            if (SdkLeftoverSearch.named(document.name(), name) && !other) {
              found.add(new Leftover("document", document.name(), "not deleted"));
            }
          }
          return found;
        });
  }
}
