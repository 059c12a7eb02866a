package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * What all SDK clients of one command share: region, credentials, HTTP client and retries. Made for
 * a process that lives for one command, so nothing is closed.
 */
final class SdkClients {
  private final Region region;
  private final Map<String, String> environment;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;

  SdkClients(Region region, Map<String, String> environment) {
    this.region = requireNonNull(region, "region is null");
    this.environment = requireNonNull(environment, "environment is null");
    this.credentials = DefaultCredentialsProvider.builder().build();
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(10))
            .socketTimeout(Duration.ofSeconds(60))
            .build();
  }

  Region region() {
    return region;
  }

  AwsCredentialsProvider credentials() {
    return credentials;
  }

  /** Builds a client with what is shared. */
  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
                .apiCallTimeout(Duration.ofMinutes(2))
                .build())
        .build();
  }

  /**
   * Whether S3 is addressed by path: an endpoint of one's own has no name for each bucket.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">service-specific
   *     endpoints</a>
   */
  boolean pathStyle() {
    return environment.containsKey("AWS_ENDPOINT_URL")
        || environment.containsKey("AWS_ENDPOINT_URL_S3");
  }
}
