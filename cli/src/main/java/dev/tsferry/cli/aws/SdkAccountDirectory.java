package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.AccountDirectory;
import software.amazon.awssdk.services.sts.StsClient;

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
        () -> new Identity(sts.getCallerIdentity().account(), region));
  }
}
