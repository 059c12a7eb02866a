package dev.tsferry.lab.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;
import software.amazon.awssdk.services.rds.RdsClient;

/** A VPC of a customer's, put together piece by piece, with databases in it. */
final class TestNetwork {
  static final String EVERYWHERE = "0.0.0.0/0";
  private static final String REGION = EmulatedAws.REGION;

  private final TestAccount account;
  private final Ec2Client ec2;
  private final String vpc;
  private final List<String> subnets = new ArrayList<>();

  TestNetwork(TestAccount account) {
    this.account = account;
    this.ec2 = account.ec2();
    this.vpc = ec2.createVpc(r -> r.cidrBlock("10.60.0.0/16")).vpc().vpcId();
  }

  String vpc() {
    return vpc;
  }

  /** A subnet in the zone with that letter, its name the letter and the number of its block. */
  String subnet(String zone, int block) {
    String id =
        ec2.createSubnet(
                r ->
                    r.vpcId(vpc)
                        .availabilityZone(REGION + zone)
                        .cidrBlock("10.60.%d.0/24".formatted(block)))
            .subnet()
            .subnetId();
    tag(id, "Name", zone + "-" + block);
    subnets.add(id);
    return id;
  }

  void tag(String resource, String key, String value) {
    ec2.createTags(r -> r.resources(resource).tags(Tag.builder().key(key).value(value).build()));
  }

  String mainTable() {
    Filter ofVpc = Filter.builder().name("vpc-id").values(vpc).build();
    Filter main = Filter.builder().name("association.main").values("true").build();
    return ec2.describeRouteTables(r -> r.filters(ofVpc, main)).routeTables().get(0).routeTableId();
  }

  /** A route table of the subnets' own. */
  String table(String... ofSubnets) {
    String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
    for (String subnet : ofSubnets) {
      ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(subnet));
    }
    return table;
  }

  void toInternet(String table) {
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    ec2.createRoute(r -> r.routeTableId(table).destinationCidrBlock(EVERYWHERE).gatewayId(gateway));
  }

  String toNat(String table, String inSubnet, ConnectivityType type) {
    String nat =
        ec2.createNatGateway(r -> r.subnetId(inSubnet).connectivityType(type))
            .natGateway()
            .natGatewayId();
    ec2.createRoute(r -> r.routeTableId(table).destinationCidrBlock(EVERYWHERE).natGatewayId(nat));
    return nat;
  }

  void toPeer(String table, String block) {
    String other = ec2.createVpc(r -> r.cidrBlock(block)).vpc().vpcId();
    String peering =
        ec2.createVpcPeeringConnection(r -> r.vpcId(vpc).peerVpcId(other))
            .vpcPeeringConnection()
            .vpcPeeringConnectionId();
    ec2.acceptVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock(block).vpcPeeringConnectionId(peering));
  }

  void interfaceEndpoints(String subnet, String group, String... services) {
    for (String service : services) {
      ec2.createVpcEndpoint(
          r ->
              r.vpcId(vpc)
                  .vpcEndpointType(VpcEndpointType.INTERFACE)
                  .serviceName("com.amazonaws.%s.%s".formatted(REGION, service))
                  .subnetIds(subnet)
                  .securityGroupIds(group)
                  .privateDnsEnabled(true));
    }
  }

  void gatewayEndpoint(String service, String table) {
    ec2.createVpcEndpoint(
        r ->
            r.vpcId(vpc)
                .vpcEndpointType(VpcEndpointType.GATEWAY)
                .serviceName("com.amazonaws.%s.%s".formatted(REGION, service))
                .routeTableIds(table));
  }

  /** A security group that lets the VPC in on these ports. */
  String group(String name, int... ports) {
    String group =
        ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName(name).description(name)).groupId();
    for (int port : ports) {
      ec2.authorizeSecurityGroupIngress(
          r ->
              r.groupId(group)
                  .ipPermissions(
                      IpPermission.builder()
                          .ipProtocol("tcp")
                          .fromPort(port)
                          .toPort(port)
                          .ipRanges(IpRange.builder().cidrIp("10.60.0.0/16").build())
                          .build()));
    }
    return group;
  }

  /** An RDS instance in zone a. */
  void database(String identifier, String... groups) {
    try (RdsClient rds = account.client(RdsClient.builder())) {
      subnetGroup(rds, identifier);
      rds.createDBInstance(
          r ->
              r.dbInstanceIdentifier(identifier)
                  .engine("postgres")
                  .engineVersion("15.18")
                  .dbInstanceClass("db.m6g.large")
                  .allocatedStorage(20)
                  .dbName("orders")
                  .masterUsername("postgres")
                  .manageMasterUserPassword(true)
                  .availabilityZone(REGION + "a")
                  .caCertificateIdentifier("rds-ca-rsa2048-g1")
                  .dbSubnetGroupName(identifier)
                  .publiclyAccessible(false)
                  .vpcSecurityGroupIds(groups)
                  .tags(used()));
    }
  }

  /** An Aurora cluster with a writer in zone b. */
  void cluster(String identifier, String engine, String group) {
    try (RdsClient rds = account.client(RdsClient.builder())) {
      subnetGroup(rds, identifier);
      rds.createDBCluster(
          r ->
              r.dbClusterIdentifier(identifier)
                  .engine(engine)
                  .databaseName("shop")
                  .masterUsername("root")
                  .manageMasterUserPassword(true)
                  .dbSubnetGroupName(identifier)
                  .vpcSecurityGroupIds(group)
                  .tags(used()));
      rds.createDBInstance(
          r ->
              r.dbInstanceIdentifier(identifier + "-1")
                  .dbClusterIdentifier(identifier)
                  .engine(engine)
                  .dbInstanceClass("db.r6g.large")
                  .availabilityZone(REGION + "b")
                  .dbSubnetGroupName(identifier)
                  .publiclyAccessible(false));
    }
  }

  private void subnetGroup(RdsClient rds, String name) {
    rds.createDBSubnetGroup(
        r -> r.dbSubnetGroupName(name).dbSubnetGroupDescription(name).subnetIds(subnets));
  }

  private static software.amazon.awssdk.services.rds.model.Tag used() {
    return software.amazon.awssdk.services.rds.model.Tag.builder()
        .key("lab:used-bytes")
        .value(Long.toString(3L << 30))
        .build();
  }
}
