package dev.tsferry.cli.fake;

import dev.tsferry.cli.discovery.network.InstanceTypeDirectory;
import dev.tsferry.cli.discovery.network.NameDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A VPC with a private and a public subnet, in two zones, until a test changes it. */
public final class FakeNetwork implements NetworkDirectory, InstanceTypeDirectory, NameDirectory {
  public static final String ACCOUNT = "123456789012";
  public static final String PRIVATE = "subnet-00000b00";
  public static final String PUBLIC = "subnet-00000a00";

  public final List<Subnet> subnets = new ArrayList<>();
  public final List<RouteTable> routeTables = new ArrayList<>();
  public final List<VpcEndpoint> endpoints = new ArrayList<>();
  public final List<String> privateNats = new ArrayList<>();
  public final List<NetworkInterface> interfaces = new ArrayList<>();
  public final Map<String, SecurityGroup> groups = new HashMap<>();
  public final Map<String, List<String>> names = new HashMap<>();
  public final Map<String, Set<String>> offers = new HashMap<>();
  public final Set<String> denied = new HashSet<>();
  public boolean dnsResolution = true;
  public boolean dnsHostnames = true;

  public FakeNetwork() {
    subnets.add(subnet(PRIVATE, "eu-west-1a", "private"));
    subnets.add(subnet(PUBLIC, "eu-west-1b", "public"));
    routeTables.add(table("rtb-main", true, List.of()));
    routeTables.add(table("rtb-nat", false, List.of(PRIVATE), "0.0.0.0/0", "nat-1"));
    routeTables.add(table("rtb-igw", false, List.of(PUBLIC), "0.0.0.0/0", "igw-1"));
    for (String zone : List.of("eu-west-1a", "eu-west-1b")) {
      offers.put(zone, Set.of("m7i.large", "m7i.xlarge", "m7i.2xlarge", "m6i.large", "m7g.large"));
    }
    names.put("t", List.of("34.1.2.3"));
    names.put("t.test", List.of("34.1.2.3"));
  }

  public static Subnet subnet(String id, String zone, String name) {
    return new Subnet(id, zone, name, "10.0.1.0/24", 200, ACCOUNT);
  }

  /** A table with a local route and, in pairs, destinations and what they lead to. */
  public static RouteTable table(
      String id, boolean main, List<String> subnets, String... destinationsAndGateways) {
    List<Route> routes = new ArrayList<>();
    routes.add(new Route("10.0.0.0/16", "local", false));
    for (int i = 0; i < destinationsAndGateways.length; i += 2) {
      routes.add(new Route(destinationsAndGateways[i], destinationsAndGateways[i + 1], false));
    }
    return new RouteTable(id, main, subnets, routes);
  }

  /** Interface endpoints for services, open to the VPC, and a gateway for s3. */
  public void endpoints(String... services) {
    groups.put(
        "sg-endpoints",
        new SecurityGroup(
            "sg-endpoints",
            "endpoints",
            ACCOUNT,
            List.of(new Rule(443, 443, List.of("10.0.0.0/16")))));
    for (String service : services) {
      endpoints.add(
          new VpcEndpoint(
              "vpce-" + service, service, false, true, List.of(), List.of("sg-endpoints")));
    }
  }

  @Override
  public Optional<Vpc> vpc(String vpcId) {
    FakeRds.allow(denied, "ec2:DescribeVpcs");
    return Optional.of(new Vpc(vpcId, ACCOUNT, dnsResolution, dnsHostnames));
  }

  @Override
  public List<Subnet> subnets(String vpcId) {
    FakeRds.allow(denied, "ec2:DescribeSubnets");
    return List.copyOf(subnets);
  }

  @Override
  public List<RouteTable> routeTables(String vpcId) {
    FakeRds.allow(denied, "ec2:DescribeRouteTables");
    return List.copyOf(routeTables);
  }

  @Override
  public List<VpcEndpoint> endpoints(String vpcId) {
    FakeRds.allow(denied, "ec2:DescribeVpcEndpoints");
    return List.copyOf(endpoints);
  }

  @Override
  public List<String> privateNatGateways(String vpcId) {
    return List.copyOf(privateNats);
  }

  @Override
  public List<SecurityGroup> securityGroups(List<String> ids) {
    FakeRds.allow(denied, "ec2:DescribeSecurityGroups");
    return ids.stream()
        .map(
            id ->
                groups.getOrDefault(id, new SecurityGroup(id, "name-of-" + id, ACCOUNT, List.of())))
        .toList();
  }

  @Override
  public List<NetworkInterface> interfaces(List<String> addresses) {
    return interfaces.stream().filter(one -> addresses.contains(one.privateAddress())).toList();
  }

  @Override
  public Map<String, Set<String>> offered(List<String> types) {
    FakeRds.allow(denied, "ec2:DescribeInstanceTypeOfferings");
    return Map.copyOf(offers);
  }

  @Override
  public List<String> addresses(String host) {
    return names.getOrDefault(host, List.of());
  }
}
