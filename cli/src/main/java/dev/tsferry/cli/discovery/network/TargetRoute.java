package dev.tsferry.cli.discovery.network;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.network.NetworkDirectory.Route;
import dev.tsferry.cli.discovery.network.NetworkDirectory.RouteTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the target is, and whether a subnet's routes lead there.
 *
 * @param host the target's name
 * @param addresses its IPv4 addresses as seen from here; none where the name is not known here
 */
public record TargetRoute(String host, List<String> addresses) {
  public TargetRoute {
    requireNonNull(host, "host is null");
    addresses = addresses.stream().sorted().toList();
  }

  /** Whether it is reached within private networks: VPC peering, a transit gateway, PrivateLink. */
  public boolean isPrivate() {
    return !addresses.isEmpty() && addresses.stream().allMatch(Block::isPrivate);
  }

  /** Why a host with these routes could not reach the target, or null if it could. */
  String obstacle(Optional<RouteTable> table, WayOut wayOut) {
    if (table.isEmpty()) {
      return null;
    }
    if (!isPrivate()) {
      return wayOut.out() ? null : "no route leads to the target " + host;
    }
    for (String address : addresses) {
      Optional<Route> route = routeTo(table.get().routes(), Block.of(address).orElseThrow());
      boolean led = route.isPresent() && leadsToPrivate(route.get(), wayOut);
      if (!led) {
        return "no route leads to the target %s (%s, a private address)".formatted(host, address);
      }
    }
    return null;
  }

  /** The ranges of the routes that lead to a private target; sorted. */
  List<String> ranges(Optional<RouteTable> table) {
    if (table.isEmpty() || !isPrivate()) {
      return List.of();
    }
    return addresses.stream()
        .flatMap(address -> routeTo(table.get().routes(), Block.of(address).orElseThrow()).stream())
        .map(Route::destination)
        .distinct()
        .sorted()
        .toList();
  }

  // A NAT or internet gateway drops what is meant for a private address.
  private static boolean leadsToPrivate(Route route, WayOut wayOut) {
    if (route.blackhole()) {
      return false;
    }
    String gateway = String.valueOf(route.gateway());
    if (gateway.startsWith("nat-")) {
      return wayOut.kind() == WayOut.Kind.PRIVATE_NAT;
    }
    return !gateway.startsWith("igw-");
  }

  // The longest prefix wins, as in the VPC's own router.
  private static Optional<Route> routeTo(List<Route> routes, Block address) {
    return routes.stream()
        .filter(
            route -> Block.of(route.destination()).filter(to -> to.contains(address)).isPresent())
        .max(
            Comparator.comparingInt(route -> Block.of(route.destination()).orElseThrow().length()));
  }
}
