package dev.tsferry.cli.discovery.network;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.network.NetworkDirectory.Vpc;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Optional;

/**
 * Whether names resolve in a VPC the way that the host needs.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html">DNS
 *     attributes of a VPC</a>
 */
public final class VpcNames {
  private final NetworkDirectory network;

  public VpcNames(NetworkDirectory network) {
    this.network = requireNonNull(network, "network is null");
  }

  /**
   * Adds a problem where nothing resolves, and a warning where the source's name leads outside.
   *
   * @param publiclyAccessible whether the source has a public address
   */
  public void check(
      String vpcId, String identifier, boolean publiclyAccessible, Findings findings) {
    Optional<Vpc> vpc =
        findings
            .want("how names resolve in %s is not known".formatted(vpcId), () -> network.vpc(vpcId))
            .flatMap(found -> found);
    if (vpc.isPresent() && !vpc.get().dnsResolution()) {
      findings.problem(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          "placing the host: DNS resolution is off in VPC %s, so the host would find neither the source nor AWS nor the target"
              .formatted(vpcId),
          "aws ec2 modify-vpc-attribute --vpc-id %s --enable-dns-support".formatted(vpcId));
    }
    if (!publiclyAccessible) {
      return;
    }
    findings.warn(
        vpc.isPresent() && !vpc.get().dnsHostnames()
            ? "%s is publicly accessible and DNS hostnames are off in %s: its name leads to the public address, where the stack's rule does not apply (aws ec2 modify-vpc-attribute --vpc-id %s --enable-dns-hostnames)"
                .formatted(identifier, vpcId, vpcId)
            : "%s is publicly accessible; the host uses its private address".formatted(identifier));
  }
}
