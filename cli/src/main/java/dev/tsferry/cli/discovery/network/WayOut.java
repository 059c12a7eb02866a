package dev.tsferry.cli.discovery.network;

import dev.tsferry.cli.discovery.network.NetworkDirectory.Route;
import dev.tsferry.cli.discovery.network.NetworkDirectory.RouteTable;
import java.util.List;
import java.util.Optional;

/**
 * Where the default route of a subnet leads, and so how a host in it reaches Systems Manager, the
 * package mirrors and a target on the internet.
 *
 * @param gateway id of what the route leads to, or null
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html">routing
 *     options</a>
 */
record WayOut(Kind kind, String gateway) {
  private static final String EVERYWHERE = "0.0.0.0/0";
  private static final String EVERYWHERE_V6 = "::/0";

  enum Kind {
    NAT("NAT gateway", 1),
    /** A transit gateway, a VPN, a firewall: what is behind it can't be seen from here. */
    BEYOND("", 2),
    /** Directly; the host needs a public address. */
    INTERNET_GATEWAY("internet gateway", 3),
    /** The route table belongs to another account and is not shown. */
    UNSEEN("", 4),
    /** VPC peering never leads further than to the other VPC. */
    PEERING("", 0),
    PRIVATE_NAT("", 0),
    BLACKHOLE("", 0),
    IPV6_ONLY("", 0),
    NONE("", 0);

    private final String words;
    private final int rank;

    /**
     * @param rank the lower the better; 0 for no way out
     */
    Kind(String words, int rank) {
      this.words = words;
      this.rank = rank;
    }
  }

  boolean out() {
    return kind.rank > 0;
  }

  /** Whether nobody can say from here what is behind it. */
  boolean unseen() {
    return kind == Kind.BEYOND || kind == Kind.UNSEEN;
  }

  /** The smaller the better; without a way out, VPC endpoints must do, which is worst. */
  int rank() {
    return out() ? kind.rank : Integer.MAX_VALUE;
  }

  /** The way of a subnet, by its own route table or else the VPC's main one. */
  static WayOut of(Optional<RouteTable> table, List<String> privateNatGateways) {
    if (table.isEmpty()) {
      return new WayOut(Kind.UNSEEN, null);
    }
    List<Route> routes = table.get().routes();
    return to(routes, EVERYWHERE)
        .map(route -> new WayOut(kind(route, privateNatGateways), route.gateway()))
        .orElseGet(
            () ->
                to(routes, EVERYWHERE_V6)
                    .map(route -> new WayOut(Kind.IPV6_ONLY, route.gateway()))
                    .orElse(new WayOut(Kind.NONE, null)));
  }

  private static Optional<Route> to(List<Route> routes, String destination) {
    return routes.stream().filter(route -> destination.equals(route.destination())).findFirst();
  }

  private static Kind kind(Route route, List<String> privateNatGateways) {
    String gateway = String.valueOf(route.gateway());
    if (route.blackhole()) {
      return Kind.BLACKHOLE;
    }
    if (gateway.startsWith("igw-")) {
      return Kind.INTERNET_GATEWAY;
    }
    if (gateway.startsWith("nat-")) {
      return privateNatGateways.contains(gateway) ? Kind.PRIVATE_NAT : Kind.NAT;
    }
    return gateway.startsWith("pcx-") ? Kind.PEERING : Kind.BEYOND;
  }

  /** How it is, for a list or a reason. */
  String text() {
    return switch (kind) {
      case NAT, INTERNET_GATEWAY -> "its way out is the %s %s".formatted(kind.words, gateway);
      case BEYOND -> "its way out leads through %s".formatted(gateway);
      case UNSEEN -> "its routes are another account's and not shown";
      case PEERING ->
          "its default route leads into the peering %s, which ends in the other VPC"
              .formatted(gateway);
      case PRIVATE_NAT ->
          "its default route leads to %s, a private NAT gateway without a way to the internet"
              .formatted(gateway);
      case BLACKHOLE ->
          "its default route leads to %s, which is gone (blackhole)".formatted(gateway);
      case IPV6_ONLY ->
          "its only way out is for IPv6 (%s), and the host uses IPv4".formatted(gateway);
      case NONE -> "it has no route out (0.0.0.0/0)";
    };
  }
}
