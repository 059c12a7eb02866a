package dev.tsferry.cli.discovery.network;

import dev.tsferry.cli.discovery.network.NetworkDirectory.RouteTable;
import dev.tsferry.cli.discovery.network.NetworkDirectory.SecurityGroup;
import dev.tsferry.cli.discovery.network.NetworkDirectory.Subnet;
import dev.tsferry.cli.discovery.network.NetworkDirectory.VpcEndpoint;
import dev.tsferry.plan.HostNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of the AWS services that the host needs it could reach through VPC endpoints alone.
 *
 * @param missing services without a usable endpoint
 * @param obstacles why an endpoint that is there is of no use
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html">VPC
 *     endpoints for Systems Manager</a>
 */
record Services(List<String> missing, List<String> obstacles) {
  private static final int HTTPS = 443;

  Services {
    missing = List.copyOf(missing);
    obstacles = List.copyOf(obstacles);
  }

  static Services of(
      Subnet subnet,
      Optional<RouteTable> table,
      List<VpcEndpoint> endpoints,
      List<SecurityGroup> groups) {
    List<String> missing = new ArrayList<>();
    List<String> obstacles = new ArrayList<>();
    for (String service : HostNetwork.NEEDED_ENDPOINTS) {
      List<String> why = new ArrayList<>();
      boolean served =
          endpoints.stream()
              .filter(endpoint -> endpoint.service().equals(service))
              .anyMatch(endpoint -> serves(endpoint, subnet, table, groups, why));
      if (!served) {
        missing.add(service);
        obstacles.addAll(why);
      }
    }
    return new Services(missing, obstacles);
  }

  boolean all() {
    return missing.isEmpty();
  }

  private static boolean serves(
      VpcEndpoint endpoint,
      Subnet subnet,
      Optional<RouteTable> table,
      List<SecurityGroup> groups,
      List<String> why) {
    if (endpoint.gateway()) {
      boolean routed = table.isPresent() && endpoint.routeTableIds().contains(table.get().id());
      if (!routed) {
        why.add("%s is not in its route table".formatted(endpoint.id()));
      }
      return routed;
    }
    if (!endpoint.privateDns()) {
      why.add("%s has no private DNS".formatted(endpoint.id()));
      return false;
    }
    boolean open =
        groups.stream()
            .filter(group -> endpoint.securityGroupIds().contains(group.id()))
            .anyMatch(group -> letsIn(group, subnet));
    if (!open) {
      why.add("%s lets nobody in from it on port 443".formatted(endpoint.id()));
    }
    return open;
  }

  private static boolean letsIn(SecurityGroup group, Subnet subnet) {
    Optional<Block> block = Block.of(subnet.block());
    return group.inbound().stream()
        .filter(rule -> rule.covers(HTTPS))
        .flatMap(rule -> rule.sources().stream())
        .anyMatch(
            source ->
                Block.of(source)
                    .filter(from -> block.isPresent() && from.contains(block.get()))
                    .isPresent());
  }
}
