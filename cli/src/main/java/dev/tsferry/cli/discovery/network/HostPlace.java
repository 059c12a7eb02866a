package dev.tsferry.cli.discovery.network;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.network.NetworkDirectory.Subnet;
import dev.tsferry.plan.HostNetwork;
import java.util.List;

/**
 * Where the host goes.
 *
 * @param publicAddress whether its way out is an internet gateway, which only serves public
 *     addresses
 * @param network what the plan must say of a subnet without a way out, or null
 * @param types the wanted instance types that the zone offers, best first
 */
public record HostPlace(
    Subnet subnet, boolean publicAddress, HostNetwork network, List<String> types) {
  public HostPlace {
    requireNonNull(subnet, "subnet is null");
    types = List.copyOf(types);
  }
}
