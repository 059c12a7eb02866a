package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the host may speak to beyond its source, and how it gets there. The stack's outbound rules
 * come from here; they are as wide as what is not known.
 *
 * <pre>
 * {"vpcEndpoints": ["ssm", "ssmmessages", "s3", "secretsmanager"],
 *  "targetRanges": ["10.40.0.0/16"], "httpsRanges": ["10.20.0.0/16", "pl-63a5400a"]}
 * </pre>
 *
 * @param vpcEndpoints AWS services that the VPC has endpoints for, in a subnet whose route table
 *     has no way out; null where the subnet has a way out
 * @param targetRanges IPv4 ranges that the target is in; empty where only its name is known
 * @param httpsRanges IPv4 ranges or prefix lists in which AWS's endpoints and the package mirrors
 *     are; empty for everywhere
 * @param dnsServers IPv4 ranges of the VPC's own name servers; empty for Amazon's, which no rule
 *     concerns
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HostNetwork(
    List<String> vpcEndpoints,
    List<String> targetRanges,
    List<String> httpsRanges,
    List<String> dnsServers) {

  /** A subnet with a way out, and a target that only has a name. */
  public static final HostNetwork OPEN = new HostNetwork(null, null, null, null);

  /** What a host without a way out can't do without: commands, the pushed runner, passwords. */
  public static final List<String> NEEDED_ENDPOINTS =
      List.of("ssm", "ssmmessages", "s3", "secretsmanager");

  public HostNetwork {
    vpcEndpoints = vpcEndpoints == null ? null : List.copyOf(vpcEndpoints);
    targetRanges = targetRanges == null ? List.of() : List.copyOf(targetRanges);
    httpsRanges = httpsRanges == null ? List.of() : List.copyOf(httpsRanges);
    dnsServers = dnsServers == null ? List.of() : List.copyOf(dnsServers);
  }

  /** Whether the host's subnet has no way out but the VPC's endpoints. */
  @JsonIgnore
  public boolean closed() {
    return vpcEndpoints != null;
  }
}
