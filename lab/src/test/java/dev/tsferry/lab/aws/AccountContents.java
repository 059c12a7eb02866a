package dev.tsferry.lab.aws;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;

/**
 * What is really there in an emulated account, asked of each service itself. A type that is not
 * known here is an error: a stack's resource that nobody looked for proves nothing.
 */
final class AccountContents {
  private final TestAccount account;
  private final Map<String, Predicate<String>> looks;

  AccountContents(TestAccount account) {
    this.account = account;
    Ec2Client ec2 = account.ec2();
    this.looks =
        Map.of(
            "AWS::EC2::Instance",
            id ->
                ec2.describeInstances(r -> r.instanceIds(id)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .anyMatch(i -> i.state().name() == InstanceStateName.RUNNING),
            "AWS::EC2::LaunchTemplate",
            id ->
                !ec2.describeLaunchTemplates(r -> r.launchTemplateIds(id))
                    .launchTemplates()
                    .isEmpty(),
            "AWS::EC2::SecurityGroup",
            id -> !ec2.describeSecurityGroups(r -> r.groupIds(id)).securityGroups().isEmpty(),
            "AWS::EC2::SecurityGroupIngress",
            id ->
                ec2
                    .describeSecurityGroupRules(r -> r.maxResults(1000))
                    .securityGroupRules()
                    .stream()
                    .anyMatch(rule -> rule.securityGroupRuleId().equals(id)),
            "AWS::IAM::Role",
            this::hasRole,
            "AWS::IAM::InstanceProfile",
            this::hasProfile,
            "AWS::S3::Bucket",
            this::hasBucket,
            "AWS::S3::BucketPolicy",
            this::hasBucketPolicy,
            "AWS::SecretsManager::Secret",
            this::hasSecret,
            "AWS::SSM::Document",
            name ->
                account.ssm().listDocuments().documentIdentifiers().stream()
                    .map(DocumentIdentifier::name)
                    .anyMatch(name::equals));
  }

  boolean has(String type, String id) {
    Predicate<String> look = looks.get(type);
    if (look == null) {
      throw new AssertionError("nobody knows how to look for " + type);
    }
    return look.test(id);
  }

  private boolean hasRole(String name) {
    try (IamClient iam = account.client(IamClient.builder())) {
      return !iam.listRolePolicies(r -> r.roleName(name)).policyNames().isEmpty();
    }
  }

  private boolean hasProfile(String name) {
    try (IamClient iam = account.client(IamClient.builder())) {
      return iam.getInstanceProfile(r -> r.instanceProfileName(name))
              .instanceProfile()
              .roles()
              .size()
          == 1;
    }
  }

  private boolean hasBucket(String name) {
    try (S3Client s3 = s3()) {
      return s3.listBuckets().buckets().stream().anyMatch(bucket -> bucket.name().equals(name));
    }
  }

  // CloudFormation's id of the policy is the bucket's name.
  private boolean hasBucketPolicy(String bucket) {
    try (S3Client s3 = s3()) {
      String policy = s3.getBucketPolicy(r -> r.bucket(bucket)).policy();
      return List.of("aws:SecureTransport", "s3:signatureAge").stream().allMatch(policy::contains);
    }
  }

  private S3Client s3() {
    return account.client(S3Client.builder().forcePathStyle(true));
  }

  private boolean hasSecret(String arn) {
    try (SecretsManagerClient secrets = account.client(SecretsManagerClient.builder())) {
      return secrets.describeSecret(r -> r.secretId(arn)).arn().equals(arn);
    }
  }
}
