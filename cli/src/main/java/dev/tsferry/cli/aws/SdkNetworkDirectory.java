package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.network.NetworkDirectory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** VPCs, from EC2. */
final class SdkNetworkDirectory implements NetworkDirectory {
  private final Ec2Client ec2;

  SdkNetworkDirectory(Ec2Client ec2) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
  }

  @Override
  public Optional<Vpc> vpc(String vpcId) {
    return AwsErrors.call(
            "ec2:DescribeVpcs",
            "looking up the VPC " + vpcId,
            () ->
                ec2
                    .describeVpcs(request -> request.filters(filter("vpc-id", vpcId)))
                    .vpcs()
                    .stream()
                    .findFirst())
        .map(
            vpc ->
                new Vpc(
                    vpc.vpcId(),
                    vpc.ownerId(),
                    dns(vpcId, VpcAttributeName.ENABLE_DNS_SUPPORT),
                    dns(vpcId, VpcAttributeName.ENABLE_DNS_HOSTNAMES)));
  }

  private boolean dns(String vpcId, VpcAttributeName attribute) {
    return AwsErrors.call(
        "ec2:DescribeVpcAttribute",
        "looking at the DNS attributes of " + vpcId,
        () -> {
          try {
            var answer =
                ec2.describeVpcAttribute(request -> request.vpcId(vpcId).attribute(attribute));
            var value =
                attribute == VpcAttributeName.ENABLE_DNS_SUPPORT
                    ? answer.enableDnsSupport()
                    : answer.enableDnsHostnames();
            return value == null || !Boolean.FALSE.equals(value.value());
          } catch (Ec2Exception e) {
            // Only its owner may look at a shared VPC's attributes.
            if ("InvalidVpcID.NotFound".equals(e.awsErrorDetails().errorCode())) {
              return true;
            }
            throw e;
          }
        });
  }

  @Override
  public List<Subnet> subnets(String vpcId) {
    return AwsErrors.call(
        "ec2:DescribeSubnets",
        "listing the subnets of " + vpcId,
        () ->
            ec2
                .describeSubnetsPaginator(request -> request.filters(filter("vpc-id", vpcId)))
                .subnets()
                .stream()
                .map(Ec2Descriptions::subnet)
                .sorted(Comparator.comparing(Subnet::id))
                .toList());
  }

  @Override
  public List<RouteTable> routeTables(String vpcId) {
    return AwsErrors.call(
        "ec2:DescribeRouteTables",
        "listing the route tables of " + vpcId,
        () ->
            ec2
                .describeRouteTablesPaginator(request -> request.filters(filter("vpc-id", vpcId)))
                .routeTables()
                .stream()
                .map(Ec2Descriptions::routeTable)
                .sorted(Comparator.comparing(RouteTable::id))
                .toList());
  }

  @Override
  public List<VpcEndpoint> endpoints(String vpcId) {
    return AwsErrors.call(
        "ec2:DescribeVpcEndpoints",
        "listing the endpoints of " + vpcId,
        () ->
            ec2
                .describeVpcEndpointsPaginator(request -> request.filters(filter("vpc-id", vpcId)))
                .vpcEndpoints()
                .stream()
                .filter(endpoint -> "available".equalsIgnoreCase(endpoint.stateAsString()))
                .map(Ec2Descriptions::endpoint)
                .sorted(Comparator.comparing(VpcEndpoint::id))
                .toList());
  }

  @Override
  public List<String> privateNatGateways(String vpcId) {
    return AwsErrors.call(
        "ec2:DescribeNatGateways",
        "listing the NAT gateways of " + vpcId,
        () ->
            ec2
                .describeNatGatewaysPaginator(request -> request.filter(filter("vpc-id", vpcId)))
                .natGateways()
                .stream()
                .filter(nat -> "private".equals(nat.connectivityTypeAsString()))
                .map(NatGateway::natGatewayId)
                .sorted()
                .toList());
  }

  @Override
  public List<SecurityGroup> securityGroups(List<String> ids) {
    return AwsErrors.call(
        "ec2:DescribeSecurityGroups",
        "looking up the security groups " + String.join(", ", ids),
        () ->
            ec2
                .describeSecurityGroups(
                    request ->
                        request.filters(Filter.builder().name("group-id").values(ids).build()))
                .securityGroups()
                .stream()
                .map(Ec2Descriptions::securityGroup)
                .sorted(Comparator.comparing(SecurityGroup::id))
                .toList());
  }

  @Override
  public List<NetworkInterface> interfaces(List<String> addresses) {
    List<NetworkInterface> found = interfaces("addresses.private-ip-address", addresses);
    return found.isEmpty() ? interfaces("association.public-ip", addresses) : found;
  }

  private List<NetworkInterface> interfaces(String filter, List<String> addresses) {
    return AwsErrors.call(
        "ec2:DescribeNetworkInterfaces",
        "looking for the network interface of " + String.join(", ", addresses),
        () ->
            ec2
                .describeNetworkInterfacesPaginator(
                    request ->
                        request.filters(Filter.builder().name(filter).values(addresses).build()))
                .networkInterfaces()
                .stream()
                .map(Ec2Descriptions::networkInterface)
                .sorted(Comparator.comparing(NetworkInterface::id))
                .toList());
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }
}
