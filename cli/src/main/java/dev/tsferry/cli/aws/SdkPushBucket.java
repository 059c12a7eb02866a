package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.PushBucket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The stack's bucket, in S3. */
final class SdkPushBucket implements PushBucket {
  private final SdkClients clients;
  private final S3Client s3;

  SdkPushBucket(SdkClients clients) {
    this.clients = requireNonNull(clients, "clients is null");
    this.s3 = clients.client(S3Client.builder().forcePathStyle(clients.pathStyle()));
  }

  @Override
  public void empty(String bucket) {
    AwsErrors.call(
        "s3:ListBucket",
        "emptying the bucket " + bucket,
        () -> {
          try {
            List<S3Object> objects =
                s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                    .toList();
            objects.forEach(object -> delete(bucket, object.key()));
          } catch (NoSuchBucketException e) {
            // Gone is as good as empty.
            return false;
          }
          return true;
        });
  }

  @Override
  public void upload(String bucket, String key, Path file) {
    AwsErrors.call(
        "s3:PutObject",
        "putting %s into the bucket %s".formatted(key, bucket),
        () -> s3.putObject(request -> request.bucket(bucket).key(key), file));
  }

  @Override
  public URI presign(String bucket, String key, Duration validity) {
    return signed(
        "s3:GetObject",
        key,
        presigner ->
            presigner
                .presignGetObject(
                    request ->
                        request
                            .signatureDuration(validity)
                            .getObjectRequest(object -> object.bucket(bucket).key(key)))
                .url());
  }

  @Override
  public URI presignDelete(String bucket, String key, Duration validity) {
    return signed(
        "s3:DeleteObject",
        key,
        presigner ->
            presigner
                .presignDeleteObject(
                    request ->
                        request
                            .signatureDuration(validity)
                            .deleteObjectRequest(object -> object.bucket(bucket).key(key)))
                .url());
  }

  private URI signed(String action, String key, Function<S3Presigner, URL> signing) {
    S3Configuration configuration =
        S3Configuration.builder().pathStyleAccessEnabled(clients.pathStyle()).build();
    try (S3Presigner presigner =
        S3Presigner.builder()
            .region(clients.region())
            .credentialsProvider(clients.credentials())
            .serviceConfiguration(configuration)
            .build()) {
      return AwsErrors.call(
          action, "signing a URL for " + key, () -> uri(signing.apply(presigner)));
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the SDK signed something that is no URI", e);
    }
  }

  @Override
  public void delete(String bucket, String key) {
    AwsErrors.call(
        "s3:DeleteObject",
        "deleting %s from the bucket %s".formatted(key, bucket),
        () -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
  }
}
