package dev.tsferry.cli.discovery.source;

import java.util.List;

/**
 * Where a database runs, and behind which security groups.
 *
 * @param vpcId null where RDS gives none
 * @param availabilityZone the writer's, or null while it is made
 * @param securityGroupIds sorted
 */
public record Placement(String vpcId, String availabilityZone, List<String> securityGroupIds) {
  public Placement {
    securityGroupIds = List.copyOf(securityGroupIds);
  }
}
