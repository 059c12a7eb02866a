package dev.tsferry.cli.discovery.network;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.network.NetworkDirectory.Subnet;
import dev.tsferry.cli.discovery.network.WayOut.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A subnet with what a host in it could reach.
 *
 * @param targetObstacle why the target is out of reach, or null
 * @param targetRanges the ranges of the routes that lead to a private target
 * @param types the wanted instance types that its zone offers, in the order of preference
 */
record SubnetView(
    Subnet subnet,
    WayOut wayOut,
    Services services,
    String targetObstacle,
    List<String> targetRanges,
    List<String> types) {
  SubnetView {
    requireNonNull(subnet, "subnet is null");
    requireNonNull(wayOut, "wayOut is null");
    requireNonNull(services, "services is null");
    targetRanges = List.copyOf(targetRanges);
    types = List.copyOf(types);
  }

  /** Why a host here would be of no use whatever the target, or nothing. */
  Optional<String> obstacle() {
    if (subnet.block() == null) {
      return Optional.of("it has no IPv4 addresses");
    }
    if (subnet.freeAddresses() < 1) {
      return Optional.of("it has no free address");
    }
    if (types.isEmpty()) {
      return Optional.of("its zone offers none of the instance types wanted");
    }
    if (!wayOut.out() && !services.all()) {
      String why =
          services.obstacles().isEmpty()
              ? ""
              : " (%s)".formatted(String.join("; ", services.obstacles()));
      return Optional.of(
          "%s, nor endpoints for %s%s"
              .formatted(wayOut.text(), String.join(", ", services.missing()), why));
    }
    return Optional.empty();
  }

  /** Everything that keeps a host here from its work, or nothing. */
  Optional<String> anyObstacle() {
    return obstacle().or(() -> Optional.ofNullable(targetObstacle));
  }

  boolean needsPublicAddress() {
    return wayOut.kind() == Kind.INTERNET_GATEWAY;
  }

  /** The subnet for people, such as {@code subnet-0abc (private-a, eu-west-1a)}. */
  String text() {
    return "%s (%s%s)"
        .formatted(
            subnet.id(),
            subnet.name() == null ? "" : subnet.name() + ", ",
            subnet.availabilityZone());
  }
}
