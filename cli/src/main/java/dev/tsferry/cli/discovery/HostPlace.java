package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.NetworkDirectory.RouteTable;
import dev.tsferry.cli.discovery.NetworkDirectory.Subnet;
import dev.tsferry.cli.discovery.NetworkDirectory.WayOut;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the subnet that the host goes to: one with a way out, in the writer's availability zone
 * where possible, since traffic between zones costs money and time.
 *
 * @param publicAddress whether the way out is an internet gateway, which only serves public
 *     addresses
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html">subnets'
 *     route tables</a>
 */
record HostPlace(Subnet subnet, boolean publicAddress) {
  HostPlace {
    requireNonNull(subnet, "subnet is null");
  }

  /**
   * Chooses among the subnets of {@code vpcId}.
   *
   * @throws MigrationException {@code AWS_UNSUPPORTED_SOURCE} if no subnet will do, {@code
   *     BAD_ARGUMENT} if the one that was asked for will not
   */
  static HostPlace choose(
      NetworkDirectory network, String vpcId, String zone, Optional<String> wanted) {
    List<Subnet> subnets = network.subnets(vpcId);
    List<RouteTable> tables = network.routeTables(vpcId);
    if (wanted.isPresent()) {
      return wanted(subnets, tables, vpcId, wanted.get());
    }
    return subnets.stream()
        .map(subnet -> new Candidate(subnet, wayOut(subnet, tables)))
        .filter(candidate -> candidate.wayOut() != WayOut.NONE)
        .filter(candidate -> candidate.subnet().freeAddresses() > 0)
        .min(preference(zone))
        .map(candidate -> of(candidate.subnet(), candidate.wayOut()))
        .orElseThrow(() -> noSubnet(vpcId, subnets.size()));
  }

  private record Candidate(Subnet subnet, WayOut wayOut) {}

  // A private host over a public one, all else equal; the id last, so that the choice never wavers.
  private static Comparator<Candidate> preference(String zone) {
    return Comparator.<Candidate, Boolean>comparing(
            candidate -> !candidate.subnet().availabilityZone().equals(zone))
        .thenComparing(candidate -> candidate.wayOut() != WayOut.NAT)
        .thenComparing(candidate -> candidate.subnet().id());
  }

  private static HostPlace wanted(
      List<Subnet> subnets, List<RouteTable> tables, String vpcId, String id) {
    Subnet subnet =
        subnets.stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new MigrationException(
                        ErrorCode.BAD_ARGUMENT,
                        "placing the host: the source's VPC %s has no subnet %s"
                            .formatted(vpcId, id),
                        "leave --subnet out, and one is chosen"));
    WayOut wayOut = wayOut(subnet, tables);
    if (wayOut == WayOut.NONE) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "placing the host: subnet %s has no route out (0.0.0.0/0), so the host could reach neither Systems Manager nor the target"
              .formatted(id),
          "name a subnet with a NAT or an internet gateway, or leave --subnet out");
    }
    return of(subnet, wayOut);
  }

  private static HostPlace of(Subnet subnet, WayOut wayOut) {
    return new HostPlace(subnet, wayOut == WayOut.INTERNET_GATEWAY);
  }

  private static WayOut wayOut(Subnet subnet, List<RouteTable> tables) {
    return tables.stream()
        .filter(table -> table.subnetIds().contains(subnet.id()))
        .findFirst()
        .or(() -> tables.stream().filter(RouteTable::main).findFirst())
        .map(RouteTable::defaultRoute)
        .orElse(WayOut.NONE);
  }

  private static MigrationException noSubnet(String vpcId, int subnets) {
    return new MigrationException(
        ErrorCode.AWS_UNSUPPORTED_SOURCE,
        "placing the host: none of the %d subnets of the source's VPC %s has a route out (0.0.0.0/0) and a free address, so a host there could reach neither Systems Manager nor the target"
            .formatted(subnets, vpcId),
        "add a subnet with a NAT gateway or an internet gateway to the VPC, then plan again");
  }
}
