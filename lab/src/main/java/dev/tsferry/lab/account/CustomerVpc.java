package dev.tsferry.lab.account;

import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * A VPC as a customer would have it: two subnets in two zones with a way out through an internet
 * gateway, and the security group of the RDS instance, which lets nobody in.
 */
record CustomerVpc(String vpcId, List<String> subnetIds, String databaseSecurityGroupId) {

  CustomerVpc {
    subnetIds = List.copyOf(subnetIds);
  }

  static CustomerVpc create(Ec2Client ec2, String region) {
    String vpc = ec2.createVpc(r -> r.cidrBlock("10.20.0.0/16")).vpc().vpcId();
    ec2.createTags(
        r -> r.resources(vpc).tags(Tag.builder().key("Name").value("production").build()));
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    ec2.createRoute(
        r ->
            r.routeTableId(mainRouteTable(ec2, vpc))
                .destinationCidrBlock("0.0.0.0/0")
                .gatewayId(gateway));
    List<String> subnets =
        List.of(
            subnet(ec2, vpc, region + "a", "10.20.0.0/20"),
            subnet(ec2, vpc, region + "b", "10.20.16.0/20"));
    String group =
        ec2.createSecurityGroup(
                r -> r.vpcId(vpc).groupName("orders-db").description("RDS instance orders-db"))
            .groupId();
    return new CustomerVpc(vpc, subnets, group);
  }

  private static String subnet(Ec2Client ec2, String vpc, String zone, String block) {
    return ec2.createSubnet(r -> r.vpcId(vpc).availabilityZone(zone).cidrBlock(block))
        .subnet()
        .subnetId();
  }

  private static String mainRouteTable(Ec2Client ec2, String vpc) {
    Filter ofVpc = Filter.builder().name("vpc-id").values(vpc).build();
    Filter main = Filter.builder().name("association.main").values("true").build();
    RouteTable table = ec2.describeRouteTables(r -> r.filters(ofVpc, main)).routeTables().get(0);
    return table.routeTableId();
  }
}
