package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.source.StorageMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.OptionalLong;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Free and used storage, from the metrics that RDS sends to CloudWatch.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html">FreeStorageSpace</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html">VolumeBytesUsed</a>
 */
final class SdkStorageMetrics implements StorageMetrics {
  private static final Duration RECENT = Duration.ofHours(3);

  private final CloudWatchClient cloudWatch;

  SdkStorageMetrics(CloudWatchClient cloudWatch) {
    this.cloudWatch = requireNonNull(cloudWatch, "cloudWatch is null");
  }

  @Override
  public OptionalLong freeBytes(String instance) {
    return newest(
        "FreeStorageSpace",
        "DBInstanceIdentifier",
        instance,
        "reading how much storage of %s is free".formatted(instance));
  }

  @Override
  public OptionalLong volumeBytesUsed(String cluster) {
    return newest(
        "VolumeBytesUsed",
        "DBClusterIdentifier",
        cluster,
        "reading how much storage of %s is used".formatted(cluster));
  }

  private OptionalLong newest(String metric, String dimension, String name, String doing) {
    Instant now = Instant.now();
    return AwsErrors.call(
        "cloudwatch:GetMetricStatistics",
        doing,
        () ->
            cloudWatch
                .getMetricStatistics(
                    request ->
                        request
                            .namespace("AWS/RDS")
                            .metricName(metric)
                            .dimensions(Dimension.builder().name(dimension).value(name).build())
                            .startTime(now.minus(RECENT))
                            .endTime(now)
                            .period(300)
                            .statistics(Statistic.MINIMUM))
                .datapoints()
                .stream()
                .max(Comparator.comparing(Datapoint::timestamp))
                .map(point -> OptionalLong.of(point.minimum().longValue()))
                .orElse(OptionalLong.empty()));
  }
}
