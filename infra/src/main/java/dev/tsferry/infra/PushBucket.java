package dev.tsferry.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
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
 * object; so the host's role needs no right to S3 at all. The bucket goes with the stack, and is
 * not emptied by it: that would take a Lambda function, and with it assets and a bootstrapped
 * account.
 */
final class PushBucket extends Construct {
  private final Bucket bucket;

  PushBucket(Construct scope, String id) {
    super(scope, id);
    bucket =
        Bucket.Builder.create(this, "Bucket")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .encryption(BucketEncryption.S3_MANAGED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("expire-after-a-day")
                        .expiration(Duration.days(1))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
  }

  String name() {
    return bucket.getBucketName();
  }
}
