package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.AccountDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The caller's identity, from STS. */
final class SdkAccountDirectory implements AccountDirectory {
  private final StsClient sts;
  private final String region;

  SdkAccountDirectory(StsClient sts, String region) {
    this.sts = requireNonNull(sts, "sts is null");
    this.region = requireNonNull(region, "region is null");
  }

  @Override
  public Identity identity() {
    return AwsErrors.call(
        "sts:GetCallerIdentity",
        "asking AWS who the credentials belong to",
        () -> {
          GetCallerIdentityResponse answer = sts.getCallerIdentity();
          return new Identity(answer.account(), region, answer.arn(), clockAhead(answer));
        });
  }

  // AWS refuses requests that are signed more than five minutes off; the SDK corrects its own, cdk
  // and the AWS CLI may not.
  private static Duration clockAhead(GetCallerIdentityResponse answer) {
    Optional<String> date = answer.sdkHttpResponse().firstMatchingHeader("Date");
    try {
      return date.map(
              text ->
                  Duration.between(
                      ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(),
                      Instant.now()))
          .orElse(Duration.ZERO);
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
