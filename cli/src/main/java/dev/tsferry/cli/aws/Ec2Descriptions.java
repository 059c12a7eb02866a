package dev.tsferry.cli.aws;

import dev.tsferry.cli.discovery.network.NetworkDirectory;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** EC2's descriptions of networks in tsferry's words. */
final class Ec2Descriptions {
  private static final int LAST_PORT = 65_535;

  private Ec2Descriptions() {}

  static NetworkDirectory.Subnet subnet(Subnet subnet) {
    return new NetworkDirectory.Subnet(
        subnet.subnetId(),
        subnet.availabilityZone(),
        subnet.tags().stream()
            .filter(tag -> tag.key().equals("Name"))
            .map(Tag::value)
            .findFirst()
            .orElse(null),
        Boolean.TRUE.equals(subnet.ipv6Native()) ? null : subnet.cidrBlock(),
        subnet.availableIpAddressCount() == null ? 0 : subnet.availableIpAddressCount(),
        subnet.ownerId());
  }

  static NetworkDirectory.RouteTable routeTable(RouteTable table) {
    return new NetworkDirectory.RouteTable(
        table.routeTableId(),
        table.associations().stream()
            .anyMatch(association -> Boolean.TRUE.equals(association.main())),
        table.associations().stream()
            .map(RouteTableAssociation::subnetId)
            .filter(Objects::nonNull)
            .sorted()
            .toList(),
        table.routes().stream().map(Ec2Descriptions::route).toList());
  }

  private static NetworkDirectory.Route route(Route route) {
    return new NetworkDirectory.Route(
        first(
            route.destinationCidrBlock(),
            route.destinationIpv6CidrBlock(),
            route.destinationPrefixListId()),
        first(
            route.natGatewayId(),
            route.transitGatewayId(),
            route.vpcPeeringConnectionId(),
            route.egressOnlyInternetGatewayId(),
            route.localGatewayId(),
            route.carrierGatewayId(),
            route.coreNetworkArn(),
            route.networkInterfaceId(),
            route.instanceId(),
            route.gatewayId()),
        route.state() == RouteState.BLACKHOLE);
  }

  private static String first(String... values) {
    return Stream.of(values)
        .filter(value -> value != null && !value.isEmpty())
        .findFirst()
        .orElse("unknown");
  }

  static NetworkDirectory.VpcEndpoint endpoint(VpcEndpoint endpoint) {
    String service = endpoint.serviceName();
    return new NetworkDirectory.VpcEndpoint(
        endpoint.vpcEndpointId(),
        service.substring(service.lastIndexOf('.') + 1),
        "Gateway".equalsIgnoreCase(endpoint.vpcEndpointTypeAsString()),
        Boolean.TRUE.equals(endpoint.privateDnsEnabled()),
        endpoint.routeTableIds(),
        endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).sorted().toList());
  }

  static NetworkDirectory.SecurityGroup securityGroup(SecurityGroup group) {
    return new NetworkDirectory.SecurityGroup(
        group.groupId(),
        group.groupName(),
        group.ownerId(),
        group.ipPermissions().stream().map(Ec2Descriptions::rule).toList());
  }

  // No protocol means all of them, and then there are no ports.
  private static NetworkDirectory.Rule rule(IpPermission permission) {
    boolean tcp = "tcp".equals(permission.ipProtocol()) || "6".equals(permission.ipProtocol());
    boolean all = "-1".equals(permission.ipProtocol());
    int from = all || permission.fromPort() == null ? 0 : permission.fromPort();
    int to = all || permission.toPort() == null ? LAST_PORT : permission.toPort();
    return new NetworkDirectory.Rule(
        tcp || all ? from : -1, tcp || all ? to : -1, sources(permission));
  }

  private static List<String> sources(IpPermission permission) {
    return Stream.of(
            permission.ipRanges().stream().map(IpRange::cidrIp),
            permission.ipv6Ranges().stream().map(Ipv6Range::cidrIpv6),
            permission.userIdGroupPairs().stream().map(UserIdGroupPair::groupId),
            permission.prefixListIds().stream().map(PrefixListId::prefixListId))
        .flatMap(source -> source)
        .sorted()
        .toList();
  }

  static NetworkDirectory.NetworkInterface networkInterface(NetworkInterface found) {
    return new NetworkDirectory.NetworkInterface(
        found.networkInterfaceId(),
        found.vpcId(),
        found.availabilityZone(),
        found.privateIpAddress(),
        found.attachment() == null ? null : found.attachment().instanceId(),
        found.groups().stream().map(GroupIdentifier::groupId).sorted().toList());
  }
}
