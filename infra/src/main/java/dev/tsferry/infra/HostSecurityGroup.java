package dev.tsferry.infra;

import dev.tsferry.plan.HostNetwork;
import dev.tsferry.plan.HostSoftware;
import dev.tsferry.plan.MigrationPlan;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup.EgressProperty;
import software.constructs.Construct;

/**
 * Who may speak to the host (nobody) and to whom it may speak, as narrow as the plan knows:
 *
 * <ul>
 *   <li>the source's security group, on the database's port;
 *   <li>the target's port, at the target's ranges; everywhere where only its name is known, since a
 *       Timescale service has no fixed address;
 *   <li>443, at the ranges that the plan names or everywhere: Systems Manager, Secrets Manager and
 *       the push bucket have names and no fixed addresses;
 *   <li>the port of the package mirrors (80 with Ubuntu's own, whose packages are signed), or of
 *       the proxy in their place;
 *   <li>53, where the VPC has name servers of its own.
 * </ul>
 *
 * <p>Amazon's resolver, its clock and the metadata service need no rule: security groups do not
 * filter them. IPv6 is not allowed at all.
 */
final class HostSecurityGroup {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int DNS = 53;
  private static final String EVERYWHERE = "0.0.0.0/0";

  private HostSecurityGroup() {}

  static CfnSecurityGroup create(Construct scope, String id, MigrationPlan plan) {
    int source = plan.source().address().port();
    List<EgressProperty> rules = new ArrayList<>();
    rules.add(
        rule("tcp", source, "source database")
            .destinationSecurityGroupId(plan.source().securityGroupId())
            .build());
    HostNetwork network = plan.host().outbound();
    Map<Integer, Set<String>> reached = new LinkedHashMap<>();
    allow(reached, plan.target().port(), network.targetRanges());
    allow(reached, HTTPS, network.httpsRanges());
    mirrorPorts(plan.host().supply()).forEach(port -> allow(reached, port, List.of()));
    reached.forEach((port, ranges) -> ranges.forEach(range -> rules.add(rule(port, range, plan))));
    for (String server : network.dnsServers()) {
      rules.add(rule("udp", DNS, "name server").cidrIp(server).build());
      rules.add(rule("tcp", DNS, "name server").cidrIp(server).build());
    }
    return CfnSecurityGroup.Builder.create(scope, id)
        .vpcId(plan.source().vpcId())
        .groupDescription("tsferry " + plan.name() + ": migration host, no inbound")
        .securityGroupEgress(rules)
        .build();
  }

  private static EgressProperty rule(int port, String range, MigrationPlan plan) {
    EgressProperty.Builder rule = rule("tcp", port, purpose(port, plan));
    return range.startsWith("pl-")
        ? rule.destinationPrefixListId(range).build()
        : rule.cidrIp(range).build();
  }

  private static EgressProperty.Builder rule(String protocol, int port, String description) {
    return EgressProperty.builder()
        .ipProtocol(protocol)
        .fromPort(port)
        .toPort(port)
        .description(description);
  }

  private static void allow(Map<Integer, Set<String>> reached, int port, List<String> ranges) {
    Set<String> allowed = reached.computeIfAbsent(port, key -> new TreeSet<>());
    allowed.addAll(ranges.isEmpty() ? List.of(EVERYWHERE) : ranges);
    if (allowed.contains(EVERYWHERE)) {
      allowed.removeIf(range -> !range.equals(EVERYWHERE));
    }
  }

  // PGDG and Amazon's trust store are behind 443, which is open already.
  private static Set<Integer> mirrorPorts(HostSoftware software) {
    Set<Integer> ports = new TreeSet<>();
    if (software.proxy() != null) {
      ports.add(port(software.proxy()));
      return ports;
    }
    ports.add(software.ubuntuMirror() == null ? HTTP : port(software.ubuntuMirror()));
    if (software.postgresqlMirror() != null) {
      ports.add(port(software.postgresqlMirror()));
    }
    if (software.rdsBundle() != null) {
      ports.add(port(software.rdsBundle()));
    }
    ports.remove(HTTPS);
    return ports;
  }

  private static int port(String url) {
    URI uri = URI.create(url);
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? HTTPS : HTTP;
  }

  private static String purpose(int port, MigrationPlan plan) {
    String target = port == plan.target().port() ? "target database" : "";
    String other = port == HTTPS ? "AWS APIs and the push bucket" : "package mirrors";
    boolean both = !target.isEmpty() && (port == HTTPS || port == HTTP);
    return target.isEmpty() ? other : both ? target + ", " + other : target;
  }
}
