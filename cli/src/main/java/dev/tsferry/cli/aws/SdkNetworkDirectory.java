package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.NetworkDirectory;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Tag;

/** VPCs, from EC2. */
final class SdkNetworkDirectory implements NetworkDirectory {
  private static final String EVERYWHERE = "0.0.0.0/0";

  private final Ec2Client ec2;

  SdkNetworkDirectory(Ec2Client ec2) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
  }

  @Override
  public List<Subnet> subnets(String vpcId) {
    return AwsErrors.call(
        "ec2:DescribeSubnets",
        "listing the subnets of " + vpcId,
        () ->
            ec2
                .describeSubnetsPaginator(request -> request.filters(ofVpc(vpcId)))
                .subnets()
                .stream()
                .map(SdkNetworkDirectory::subnet)
                .toList());
  }

  @Override
  public List<RouteTable> routeTables(String vpcId) {
    return AwsErrors.call(
        "ec2:DescribeRouteTables",
        "listing the route tables of " + vpcId,
        () ->
            ec2
                .describeRouteTablesPaginator(request -> request.filters(ofVpc(vpcId)))
                .routeTables()
                .stream()
                .map(SdkNetworkDirectory::routeTable)
                .toList());
  }

  @Override
  public List<SecurityGroup> securityGroups(List<String> ids) {
    return AwsErrors.call(
        "ec2:DescribeSecurityGroups",
        "looking up security groups",
        () ->
            ec2
                .describeSecurityGroups(
                    request ->
                        request.filters(Filter.builder().name("group-id").values(ids).build()))
                .securityGroups()
                .stream()
                .map(group -> new SecurityGroup(group.groupId(), group.groupName(), group.vpcId()))
                .sorted(java.util.Comparator.comparing(SecurityGroup::id))
                .toList());
  }

  private static Filter ofVpc(String vpcId) {
    return Filter.builder().name("vpc-id").values(vpcId).build();
  }

  private static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
    return new Subnet(
        subnet.subnetId(),
        subnet.availabilityZone(),
        subnet.tags().stream()
            .filter(tag -> tag.key().equals("Name"))
            .map(Tag::value)
            .findFirst()
            .orElse(null),
        subnet.availableIpAddressCount() == null ? 0 : subnet.availableIpAddressCount());
  }

  private static RouteTable routeTable(software.amazon.awssdk.services.ec2.model.RouteTable table) {
    return new RouteTable(
        table.routeTableId(),
        table.associations().stream()
            .anyMatch(association -> Boolean.TRUE.equals(association.main())),
        table.associations().stream()
            .map(RouteTableAssociation::subnetId)
            .filter(java.util.Objects::nonNull)
            .toList(),
        table.routes().stream()
            .filter(route -> EVERYWHERE.equals(route.destinationCidrBlock()))
            .filter(route -> route.state() != RouteState.BLACKHOLE)
            .findFirst()
            .map(SdkNetworkDirectory::wayOut)
            .orElse(WayOut.NONE));
  }

  private static WayOut wayOut(Route route) {
    String gateway = route.gatewayId();
    return gateway != null && gateway.startsWith("igw-") ? WayOut.INTERNET_GATEWAY : WayOut.NAT;
  }
}
