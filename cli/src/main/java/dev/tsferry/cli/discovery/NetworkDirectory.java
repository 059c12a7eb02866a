package dev.tsferry.cli.discovery;

import java.util.List;

/** Describes a VPC as far as choosing a place for the host needs it. */
public interface NetworkDirectory {

  /** Every subnet of the VPC. */
  List<Subnet> subnets(String vpcId);

  /** Every route table of the VPC. */
  List<RouteTable> routeTables(String vpcId);

  /** The security groups with these ids; those that do not exist are missing from the answer. */
  List<SecurityGroup> securityGroups(List<String> ids);

  /**
   * A subnet.
   *
   * @param name its {@code Name} tag, or null
   * @param freeAddresses IPv4 addresses that are not in use
   */
  record Subnet(String id, String availabilityZone, String name, int freeAddresses) {}

  /**
   * A route table.
   *
   * @param main whether it serves the subnets that are associated with none
   * @param subnetIds the subnets that are associated with it
   * @param defaultRoute where 0.0.0.0/0 leads
   */
  record RouteTable(String id, boolean main, List<String> subnetIds, WayOut defaultRoute) {
    public RouteTable {
      subnetIds = List.copyOf(subnetIds);
    }
  }

  /** A security group with its name. */
  record SecurityGroup(String id, String name, String vpcId) {}

  /** How a subnet reaches the internet, and so Systems Manager and the package mirrors. */
  enum WayOut {
    /** Directly; the host needs a public address. */
    INTERNET_GATEWAY,
    /** Through a NAT, a transit gateway, a firewall or the like; the host stays private. */
    NAT,
    NONE
  }
}
