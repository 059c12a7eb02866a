package dev.tsferry.cli.discovery;

import static dev.tsferry.cli.fake.FakeNetwork.PRIVATE;
import static dev.tsferry.cli.fake.FakeNetwork.PUBLIC;
import static dev.tsferry.cli.fake.FakeNetwork.subnet;
import static dev.tsferry.cli.fake.FakeNetwork.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.discovery.network.NetworkDirectory.Route;
import dev.tsferry.cli.discovery.network.NetworkDirectory.RouteTable;
import dev.tsferry.cli.discovery.network.NetworkDirectory.Subnet;
import dev.tsferry.cli.discovery.network.NetworkDirectory.VpcEndpoint;
import dev.tsferry.cli.fake.FakeNetwork;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.HostSoftware;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the host goes, in networks of every sort. */
class NetworkDiscoveryTest {
  private static final String[] ALL = {"ssm", "ssmmessages", "secretsmanager", "s3"};

  private final TestDiscovery discovery = new TestDiscovery();
  private final FakeNetwork network = discovery.account.network;

  private Host host() {
    return discovery.discover().plan().host();
  }

  @Test
  void discover_natInTheSourcesZone_isTakenAndSaysWhy() {
    Discovered discovered = discovery.discover();

    assertThat(discovered.plan().host().subnetId()).isEqualTo(PRIVATE);
    assertThat(discovered.plan().host().publicAddress()).isFalse();
    assertThat(discovered.decisions())
        .anyMatch(
            decision ->
                decision.why().equals("the database's zone; its way out is the NAT gateway nat-1"));
  }

  @Test
  void discover_noWayOutInTheSourcesZone_takesAnotherZoneAndWarns() {
    network.routeTables.remove(1);

    Discovered discovered = discovery.discover();
    assertThat(discovered.plan().host().subnetId()).isEqualTo(PUBLIC);
    assertThat(discovered.plan().host().availabilityZone()).isEqualTo("eu-west-1b");
    assertThat(discovered.plan().host().publicAddress()).isTrue();
    assertThat(discovered.warnings())
        .containsExactly(
            "the host goes to eu-west-1b and the source runs in eu-west-1a: traffic between zones is charged");
  }

  @Test
  void discover_noWayOutAnywhere_saysOfEachSubnetWhy() {
    network.routeTables.removeIf(table -> !table.main());
    network.subnets.add(subnet("subnet-00000c00", "eu-west-1a", null));
    network.routeTables.add(
        new RouteTable(
            "rtb-dead",
            false,
            List.of("subnet-00000c00"),
            List.of(new Route("0.0.0.0/0", "nat-9", true))));

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage(
            """
            placing the host: none of the 3 subnets of the source's VPC vpc-00000001 will do
              subnet-00000b00 (private, eu-west-1a): it has no route out (0.0.0.0/0), nor endpoints for ssm, ssmmessages, s3, secretsmanager
              subnet-00000a00 (public, eu-west-1b): it has no route out (0.0.0.0/0), nor endpoints for ssm, ssmmessages, s3, secretsmanager
              subnet-00000c00 (eu-west-1a): its default route leads to nat-9, which is gone (blackhole), nor endpoints for ssm, ssmmessages, s3, secretsmanager"""
                .stripIndent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0/0|pcx-1|its default route leads into the peering pcx-1, which ends in the other VPC",
        "::/0|eigw-1|its only way out is for IPv6 (eigw-1), and the host uses IPv4",
        "10.9.0.0/16|tgw-1|it has no route out (0.0.0.0/0)"
      })
  void discover_routeThatIsNoWayOut_isSaid(String destination, String gateway, String why) {
    network.routeTables.clear();
    network.routeTables.add(table("rtb-main", true, List.of(), destination, gateway));

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE)).hasMessageContaining(why);
  }

  @Test
  void discover_privateNat_isNoWayOut() {
    network.privateNats.add("nat-1");

    assertThat(host().subnetId()).isEqualTo(PUBLIC);
  }

  @Test
  void discover_transitGateway_isTakenWithAWarning() {
    network.routeTables.clear();
    network.routeTables.add(table("rtb-main", true, List.of(), "0.0.0.0/0", "tgw-1"));

    Discovered discovered = discovery.discover();
    assertThat(discovered.plan().host().subnetId()).isEqualTo(PRIVATE);
    assertThat(discovered.warnings())
        .anyMatch(warning -> warning.contains("its way out leads through tgw-1"));
  }

  @Test
  void discover_mainRouteTable_servesSubnetsWithoutOneOfTheirOwn() {
    network.routeTables.clear();
    network.routeTables.add(table("rtb", true, List.of(), "0.0.0.0/0", "nat-1"));

    assertThat(host().subnetId()).isEqualTo(PRIVATE);
  }

  @Test
  void discover_fullOrIpv6OnlySubnet_isPassedOver() {
    network.subnets.set(0, new Subnet(PRIVATE, "eu-west-1a", null, "10.0.1.0/24", 0, null));
    assertThat(host().subnetId()).isEqualTo(PUBLIC);

    network.subnets.set(0, new Subnet(PRIVATE, "eu-west-1a", null, null, 200, null));
    assertThat(host().subnetId()).isEqualTo(PUBLIC);
  }

  @Test
  void discover_sharedSubnet_isTakenWithAWarning() {
    network.subnets.set(
        0, new Subnet(PRIVATE, "eu-west-1a", "shared", "10.0.1.0/24", 9, "999999999999"));

    assertThat(discovery.discover().warnings())
        .containsExactly(
            "subnet subnet-00000b00 is shared by account 999999999999, which alone can change its routes and network ACLs");
  }

  @Test
  void discover_sharedSubnetsWithoutVisibleRoutes_areTakenWithAWarning() {
    network.routeTables.clear();

    assertThat(discovery.discover().warnings())
        .anyMatch(warning -> warning.contains("its routes are another account's and not shown"));
  }

  @Test
  void discover_endpointsButNoRouteToTheTarget_isRefused() {
    network.routeTables.removeIf(table -> !table.main());
    network.endpoints(ALL);

    MigrationException refused = discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE);
    assertThat(refused).hasMessageContaining("no route leads to the target t");
    assertThat(refused.hints().get(0)).startsWith("add a route to the target to one of them");
  }

  @Test
  void discover_endpointsAndAPeeredTarget_isTaken() {
    network.routeTables.clear();
    network.routeTables.add(table("rtb-main", true, List.of(), "172.20.0.0/16", "pcx-1"));
    network.endpoints(ALL);
    network.names.put("t", List.of("172.20.3.4"));

    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT).getMessage())
        .contains("hint: name a mirror inside your network with --ubuntu-mirror")
        .contains("hint: name a copy of it with --rds-bundle");
    discovery.software =
        new HostSoftware(null, "https://mirror.example/ubuntu", null, "https://mirror.example/rds");
    Host host = host();
    assertThat(host.subnetId()).isEqualTo(PRIVATE);
    assertThat(host.outbound().closed()).isTrue();
    assertThat(host.outbound().targetRanges()).containsExactly("172.20.0.0/16");
    assertThat(host.supply().ubuntuMirror()).isEqualTo("https://mirror.example/ubuntu");
  }

  @Test
  void discover_privateTargetBehindANat_isOutOfReach() {
    network.names.put("t", List.of("172.20.3.4"));

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("no route leads to the target t (172.20.3.4, a private address)");
    discovery.subnet = Optional.of(PRIVATE);
    assertThat(discovery.discover().warnings())
        .contains("no route leads to the target t (172.20.3.4, a private address)");
  }

  @Test
  void discover_uselessEndpoints_saysWhy() {
    network.routeTables.removeIf(table -> !table.main());
    network.endpoints("ssm", "ssmmessages");
    network.endpoints.add(
        new VpcEndpoint("vpce-s3", "s3", true, false, List.of("rtb-other"), List.of()));
    network.endpoints.add(
        new VpcEndpoint("vpce-sm", "secretsmanager", false, false, List.of(), List.of("sg-9")));

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining(
            "nor endpoints for s3, secretsmanager (vpce-s3 is not in its route table; vpce-sm has no private DNS)");
  }

  @Test
  void discover_endpointThatLetsNobodyIn_saysSo() {
    network.routeTables.removeIf(table -> !table.main());
    network.endpoints(ALL);
    TestGroups.open(network, "sg-endpoints", 80);

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("vpce-ssm lets nobody in from it on port 443");
  }

  @Test
  void discover_typeNotOfferedInTheZone_takesTheNextFamily() {
    network.offers.put("eu-west-1a", Set.of("m6i.large"));
    assertThat(host().instanceType()).isEqualTo("m6i.large");

    network.offers.put("eu-west-1a", Set.of("t2.micro"));
    assertThat(host().availabilityZone()).isEqualTo("eu-west-1b");
  }

  @Test
  void discover_graviton_takesAnArmType() {
    discovery.architecture = Architecture.ARM64;

    assertThat(host().instanceType()).isEqualTo("m7g.large");
    assertThat(host().architecture()).isEqualTo(Architecture.ARM64);
  }

  @Test
  void discover_namedSubnet_isTakenIfItWillDo() {
    discovery.subnet = Optional.of(PUBLIC);
    assertThat(host().publicAddress()).isTrue();

    discovery.subnet = Optional.of("subnet-00000c00");
    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT))
        .hasMessageStartingWith(
            "placing the host: the source's VPC vpc-00000001 has no subnet subnet-00000c00; it has");

    network.routeTables.removeIf(table -> !table.main());
    discovery.subnet = Optional.of(PUBLIC);
    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT))
        .hasMessageContaining("subnet subnet-00000a00 will not do: it has no route out");
  }

  @Test
  void discover_noDns_isRefused() {
    network.dnsResolution = false;

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("DNS resolution is off in VPC vpc-00000001");
  }

  @Test
  void discover_severalRightsMissing_namesAllOfThem() {
    network.denied.addAll(Set.of("ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"));

    assertThat(discovery.refused(ErrorCode.AWS_DENIED).getMessage())
        .contains("AWS denied ec2:DescribeSubnets")
        .contains("AWS denied ec2:DescribeSecurityGroups");
  }

  @Test
  void discover_optionalRightsMissing_plansWithWarnings() {
    network.denied.addAll(
        Set.of(
            "ec2:DescribeVpcs", "ec2:DescribeVpcEndpoints", "ec2:DescribeInstanceTypeOfferings"));

    assertThat(discovery.discover().warnings()).hasSize(3);
    assertThat(host().instanceType()).isEqualTo("m7i.large");
  }

  @Test
  void discover_unknownTarget_warns() {
    discovery.target = "typo.tsdb.cloud.timescale.com";

    assertThat(discovery.discover().warnings())
        .anyMatch(warning -> warning.contains("typo.tsdb.cloud.timescale.com does not resolve"));
  }

  @Test
  void discover_customersKey_isForAllThatIsStored() {
    discovery.kmsKey = "arn:aws:kms:eu-west-1:123456789012:key/1";

    Host host = host();
    assertThat(host.rootVolume().kmsKeyArn()).isEqualTo(discovery.kmsKey);
    assertThat(host.dataVolume().kmsKeyArn()).isEqualTo(discovery.kmsKey);
    assertThat(host.secretsKey()).contains(discovery.kmsKey);
    assertThat(host.bucketKey()).contains(discovery.kmsKey);
  }
}
