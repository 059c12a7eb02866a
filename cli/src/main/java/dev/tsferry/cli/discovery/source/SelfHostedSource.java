package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Choice;
import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.network.NameDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory.NetworkInterface;
import dev.tsferry.cli.discovery.source.SourceRequest.SelfHosted;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server that somebody runs himself, found by the network interface that has its address: that
 * says in which VPC and zone it is and behind which security groups.
 */
public final class SelfHostedSource {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}([.]\\d{1,3}){3}");
  private static final String DEFAULT_USER = "postgres";

  private final NetworkDirectory network;
  private final NameDirectory names;
  private final String region;

  public SelfHostedSource(NetworkDirectory network, NameDirectory names, String region) {
    this.network = requireNonNull(network, "network is null");
    this.names = requireNonNull(names, "names is null");
    this.region = requireNonNull(region, "region is null");
  }

  /** Looks for the server; what only it knows itself (version, size) is left open. */
  public Optional<SourceDatabase> find(SourceRequest request, Findings findings) {
    SelfHosted at = request.address().orElseThrow();
    List<String> addresses =
        IPV4.matcher(at.host()).matches() ? List.of(at.host()) : names.addresses(at.host());
    Optional<Placement> placement =
        placement(at.host(), addresses, request, findings).or(() -> given(request));
    if (placement.isEmpty()) {
      if (!findings.blocked()) {
        findings.problem(
            ErrorCode.AWS_NOT_FOUND, notFound(at.host(), addresses), hint(request.vpc()));
      }
      return Optional.empty();
    }
    return Optional.of(
        new SourceDatabase(
            request.kind().orElse(SourceKind.POSTGRESQL),
            at.host(),
            request.version().orElse(null),
            new Endpoint(at.host(), at.port()),
            new Login(
                at.database().orElse(null), request.user().orElse(DEFAULT_USER), null, null, null),
            placement.get(),
            DatabaseTraits.PLAIN,
            request.size(),
            List.of()));
  }

  private Optional<Placement> placement(
      String host, List<String> addresses, SourceRequest request, Findings findings) {
    if (addresses.isEmpty()) {
      return Optional.empty();
    }
    List<NetworkInterface> found =
        findings.need(() -> network.interfaces(addresses)).orElse(List.of()).stream()
            .filter(one -> request.vpc().isEmpty() || request.vpc().get().equals(one.vpcId()))
            .toList();
    if (found.size() == 1) {
      return Optional.of(placement(host, found.get(0), findings));
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return findings
        .choose(
            "looking for " + host,
            "several network interfaces have the address %s"
                .formatted(String.join(", ", addresses)),
            found.stream().map(one -> new Choice(one.vpcId(), text(one))).toList(),
            "--vpc")
        .flatMap(
            choice -> found.stream().filter(one -> one.vpcId().equals(choice.value())).findFirst())
        .map(one -> placement(host, one, findings));
  }

  private static Placement placement(String host, NetworkInterface found, Findings findings) {
    findings.decided("source", text(found), "it has the address of " + host);
    return new Placement(found.vpcId(), found.availabilityZone(), found.securityGroupIds());
  }

  private static String text(NetworkInterface one) {
    return "%s of %s, %s, %s"
        .formatted(
            one.id(),
            one.instanceId() == null ? "no instance" : one.instanceId(),
            one.vpcId(),
            one.availabilityZone());
  }

  // What is not an EC2 interface of this account can still be reached from a VPC of it.
  private static Optional<Placement> given(SourceRequest request) {
    Optional<String> group = request.securityGroup().or(request::plannedGroup);
    return request.vpc().isEmpty() || group.isEmpty()
        ? Optional.empty()
        : Optional.of(new Placement(request.vpc().get(), null, List.of(group.get())));
  }

  private String notFound(String host, List<String> addresses) {
    return addresses.isEmpty()
        ? "looking for %s: the name does not resolve here, so its network interface can't be looked up"
            .formatted(host)
        : "looking for %s: no network interface in %s has the address %s"
            .formatted(host, region, String.join(", ", addresses));
  }

  private static String hint(Optional<String> vpc) {
    return vpc.isEmpty()
        ? "give its private address, or the VPC to reach it from and the security group in front of it with --vpc and --security-group"
        : "give the security group in front of it with --security-group";
  }
}
