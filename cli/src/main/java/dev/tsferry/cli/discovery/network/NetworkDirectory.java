package dev.tsferry.cli.discovery.network;

import java.util.List;
import java.util.Optional;

/** Describes a VPC as far as choosing a place for the host needs it. */
public interface NetworkDirectory {

  /** The VPC, if this account may see it. */
  Optional<Vpc> vpc(String vpcId);

  /** Every subnet of the VPC that this account may use, sorted by id. */
  List<Subnet> subnets(String vpcId);

  /** Every route table of the VPC that this account may see, sorted by id. */
  List<RouteTable> routeTables(String vpcId);

  /** Every VPC endpoint of the VPC that is available, sorted by id. */
  List<VpcEndpoint> endpoints(String vpcId);

  /** The ids of the VPC's NAT gateways that lead nowhere but to other private networks. */
  List<String> privateNatGateways(String vpcId);

  /** The security groups with these ids; those that do not exist are missing from the answer. */
  List<SecurityGroup> securityGroups(List<String> ids);

  /** The network interfaces that have one of these IPv4 addresses, private or public. */
  List<NetworkInterface> interfaces(List<String> addresses);

  /**
   * A VPC.
   *
   * @param owner account
   * @param dnsResolution whether names resolve in it at all
   * @param dnsHostnames whether names of databases with a public address resolve to the private one
   */
  record Vpc(String id, String owner, boolean dnsResolution, boolean dnsHostnames) {}

  /**
   * A subnet.
   *
   * @param name its {@code Name} tag, or null
   * @param block IPv4 addresses such as {@code 10.0.1.0/24}, or null where there are none
   * @param freeAddresses IPv4 addresses that are not in use
   * @param owner account; another than the caller's where the subnet is shared
   */
  record Subnet(
      String id,
      String availabilityZone,
      String name,
      String block,
      int freeAddresses,
      String owner) {}

  /**
   * A route table.
   *
   * @param main whether it serves the subnets that are associated with none
   * @param subnetIds the subnets that are associated with it
   */
  record RouteTable(String id, boolean main, List<String> subnetIds, List<Route> routes) {
    public RouteTable {
      subnetIds = List.copyOf(subnetIds);
      routes = List.copyOf(routes);
    }
  }

  /**
   * A route.
   *
   * @param destination such as {@code 0.0.0.0/0}, {@code ::/0} or a prefix list's id
   * @param gateway id of what it leads to, such as {@code nat-0abc}, or {@code local}
   * @param blackhole whether what it leads to is gone
   */
  record Route(String destination, String gateway, boolean blackhole) {}

  /**
   * A VPC endpoint.
   *
   * @param service its last part, such as {@code ssm}
   * @param gateway whether it is one of the kind that routes lead to
   * @param privateDns whether the service's own name leads to it
   */
  record VpcEndpoint(
      String id,
      String service,
      boolean gateway,
      boolean privateDns,
      List<String> routeTableIds,
      List<String> securityGroupIds) {
    public VpcEndpoint {
      routeTableIds = List.copyOf(routeTableIds);
      securityGroupIds = List.copyOf(securityGroupIds);
    }
  }

  /**
   * A security group.
   *
   * @param owner account
   */
  record SecurityGroup(String id, String name, String owner, List<Rule> inbound) {
    public SecurityGroup {
      inbound = List.copyOf(inbound);
    }
  }

  /**
   * Who may come in.
   *
   * @param fromPort 0 to 65535; with {@code toPort} the whole range where the rule names none
   * @param sources blocks, groups and prefix lists
   */
  record Rule(int fromPort, int toPort, List<String> sources) {
    public Rule {
      sources = List.copyOf(sources);
    }

    boolean covers(int port) {
      return fromPort <= port && port <= toPort;
    }
  }

  /**
   * A network interface.
   *
   * @param instanceId the EC2 instance that has it, or null
   */
  record NetworkInterface(
      String id,
      String vpcId,
      String availabilityZone,
      String privateAddress,
      String instanceId,
      List<String> securityGroupIds) {
    public NetworkInterface {
      securityGroupIds = List.copyOf(securityGroupIds);
    }
  }
}
