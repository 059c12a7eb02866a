package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The bucket through which the runner reaches the host: private, TLS only, emptied after a day.
 *
 * <p>The command puts the jar there, hands the host a short-lived presigned URL, and deletes the
 * object; so the host's role needs no right to S3 at all, nor to the customer's key where one
 * encrypts the bucket: the URL carries the rights of whoever signed it. A signature older than
 * {@link #SIGNATURE_AGE} opens nothing, whatever validity was signed. The bucket goes with the
 * stack, and is not emptied by it: that would take a Lambda function, and with it assets and a
 * bootstrapped account.
 */
final class PushBucket extends Construct {
  /** As long as the command's presigned URLs live. */
  private static final Duration SIGNATURE_AGE = Duration.minutes(15);

  private final Bucket bucket;

  PushBucket(Construct scope, String id, MigrationPlan plan) {
    super(scope, id);
    Optional<String> key = plan.host().bucketKey();
    Bucket.Builder builder =
        Bucket.Builder.create(this, "Bucket")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .encryption(key.isPresent() ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("expire-after-a-day")
                        .expiration(Duration.days(1))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
            .removalPolicy(RemovalPolicy.DESTROY);
    key.ifPresent(
        arn -> builder.encryptionKey(Key.fromKeyArn(this, "Key", arn)).bucketKeyEnabled(true));
    bucket = builder.build();
    bucket.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .effect(Effect.DENY)
            .principals(List.of(new AnyPrincipal()))
            .actions(List.of("s3:GetObject"))
            .resources(List.of(bucket.arnForObjects("*")))
            .conditions(
                Map.of(
                    "NumericGreaterThan",
                    Map.of("s3:signatureAge", SIGNATURE_AGE.toMilliseconds())))
            .build());
  }

  String name() {
    return bucket.getBucketName();
  }
}
