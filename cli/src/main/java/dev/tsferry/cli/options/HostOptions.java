package dev.tsferry.cli.options;

import dev.tsferry.cli.discovery.DiscoveryRequest.HostRequest;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.CustomerKeys;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.HostSoftware;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What of the host is said on the command line. */
final class HostOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the migration is called, part of all names in AWS (default: the identifier).")
  private String name;

  @Option(
      names = "--subnet",
      paramLabel = "ID",
      description =
          "Subnet for the migration host (default: one with a way out, in the source's zone).")
  private String subnet;

  @Option(
      names = "--instance-type",
      paramLabel = "TYPE",
      description = "Instance type of the host (default: by the size of the source and the jobs).")
  private String instanceType;

  @Option(
      names = "--architecture",
      paramLabel = "x86_64|arm64",
      converter = ArchitectureConverter.class,
      description = "x86_64 or arm64, which is Graviton (default: x86_64).")
  private Architecture architecture;

  @Option(
      names = "--ubuntu",
      paramLabel = "RELEASE",
      description = "Ubuntu release of the host: 22.04, 24.04 or 26.04 (default: 24.04).")
  private String ubuntu;

  @Option(
      names = "--time-to-live",
      paramLabel = "HOURS",
      description = "After so many hours without a run the host ends itself (default: 72).")
  private Integer timeToLive;

  @Option(
      names = "--kms-key",
      paramLabel = "ARN",
      description =
          "KMS key of yours for the host's volumes, the secrets and the bucket (default: the account's own).")
  private String kmsKey;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "HTTP proxy through which the host gets packages.")
  private String proxy;

  @Option(
      names = "--ubuntu-mirror",
      paramLabel = "URL",
      description = "Mirror of Ubuntu's packages, for a host without the internet.")
  private String ubuntuMirror;

  @Option(
      names = "--postgresql-mirror",
      paramLabel = "URL",
      description = "Mirror of apt.postgresql.org.")
  private String postgresqlMirror;

  @Option(
      names = "--rds-bundle",
      paramLabel = "URL",
      description = "Copy of Amazon RDS's certificate bundle.")
  private String rdsBundle;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS region (default: the environment's).")
  private String region;

  String name() {
    return name;
  }

  String region() {
    return region;
  }

  boolean namesInstanceType() {
    return instanceType != null;
  }

  /**
   * The request.
   *
   * @param base the plan that is brought up to date, which says what is not said here
   */
  HostRequest request(Optional<Host> base, DataMode dataMode, int jobs) {
    return new HostRequest(
        Optional.ofNullable(subnet),
        architecture == null
            ? base.map(Host::architecture).orElse(Architecture.X86_64)
            : architecture,
        Optional.ofNullable(instanceType),
        ubuntu == null ? base.map(Host::ubuntu).orElse(HostRequest.UBUNTU) : ubuntu,
        dataMode,
        jobs,
        software(base.map(Host::software)),
        kmsKey == null
            ? base.map(Host::keys).map(CustomerKeys::secretsKmsKeyArn).orElse(null)
            : kmsKey,
        timeToLive == null ? base.map(Host::timeToLiveHours).orElse(0) : timeToLive,
        base.map(Host::subnetId));
  }

  private HostSoftware software(Optional<HostSoftware> base) {
    if (Stream.of(proxy, ubuntuMirror, postgresqlMirror, rdsBundle).allMatch(Objects::isNull)) {
      return base.orElse(null);
    }
    return new HostSoftware(
        proxy == null ? base.map(HostSoftware::proxy).orElse(null) : proxy,
        ubuntuMirror == null ? base.map(HostSoftware::ubuntuMirror).orElse(null) : ubuntuMirror,
        postgresqlMirror == null
            ? base.map(HostSoftware::postgresqlMirror).orElse(null)
            : postgresqlMirror,
        rdsBundle == null ? base.map(HostSoftware::rdsBundle).orElse(null) : rdsBundle);
  }
}
