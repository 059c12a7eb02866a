package dev.tsferry.cli.discovery.network;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.network.NetworkDirectory.RouteTable;
import dev.tsferry.cli.discovery.network.NetworkDirectory.SecurityGroup;
import dev.tsferry.cli.discovery.network.NetworkDirectory.Subnet;
import dev.tsferry.cli.discovery.network.NetworkDirectory.VpcEndpoint;
import dev.tsferry.plan.HostNetwork;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the subnet that the host goes to: one from which it reaches AWS and the target, in the
 * writer's availability zone where possible, since traffic between zones costs money and time.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html">subnets'
 *     route tables</a>
 */
public final class HostPlacing {
  private static final String PLACING = "placing the host: ";
  private static final int LISTED = 12;

  private final NetworkDirectory network;
  private final InstanceTypeDirectory instanceTypes;
  private final String account;

  /**
   * @param account the caller's; subnets of any other are shared ones
   */
  public HostPlacing(
      NetworkDirectory network, InstanceTypeDirectory instanceTypes, String account) {
    this.network = requireNonNull(network, "network is null");
    this.instanceTypes = requireNonNull(instanceTypes, "instanceTypes is null");
    this.account = requireNonNull(account, "account is null");
  }

  /**
   * What is asked of the place.
   *
   * @param zone where the writer runs, or null where that is not known
   * @param subnet the one that the user named, if any
   * @param planned the one of an earlier plan, which is kept while it will do
   * @param types instance types that would do, best first
   */
  public record Wish(
      String vpcId,
      String zone,
      Optional<String> subnet,
      Optional<String> planned,
      TargetRoute target,
      List<String> types) {
    public Wish {
      requireNonNull(vpcId, "vpcId is null");
      requireNonNull(target, "target is null");
      types = List.copyOf(types);
    }
  }

  /** The place, or empty and a problem that says of each subnet why it will not do. */
  public Optional<HostPlace> choose(Wish wish, Findings findings) {
    Optional<List<Subnet>> subnets = findings.need(() -> network.subnets(wish.vpcId()));
    Optional<List<RouteTable>> tables = findings.need(() -> network.routeTables(wish.vpcId()));
    if (subnets.isEmpty() || tables.isEmpty()) {
      return Optional.empty();
    }
    List<SubnetView> views = views(subnets.get(), tables.get(), wish, findings);
    Optional<SubnetView> chosen =
        wish.subnet().isPresent() ? wanted(views, wish, findings) : best(views, wish, findings);
    return chosen.map(
        view -> {
          warn(view, wish, findings);
          return new HostPlace(
              view.subnet(), view.needsPublicAddress(), surroundings(view), view.types());
        });
  }

  private static HostNetwork surroundings(SubnetView view) {
    return view.wayOut().out()
        ? null
        : new HostNetwork(HostNetwork.NEEDED_ENDPOINTS, view.targetRanges(), null, null);
  }

  private List<SubnetView> views(
      List<Subnet> subnets, List<RouteTable> tables, Wish wish, Findings findings) {
    List<VpcEndpoint> endpoints =
        findings
            .want("VPC endpoints are not known", () -> network.endpoints(wish.vpcId()))
            .orElse(List.of());
    List<String> groupIds =
        endpoints.stream()
            .flatMap(endpoint -> endpoint.securityGroupIds().stream())
            .distinct()
            .sorted()
            .toList();
    List<SecurityGroup> groups =
        groupIds.isEmpty()
            ? List.of()
            : findings
                .want(
                    "whom the VPC endpoints let in is not known",
                    () -> network.securityGroups(groupIds))
                .orElse(List.of());
    List<String> privateNats =
        findings
            .want(
                "whether NAT gateways lead to the internet is not known",
                () -> network.privateNatGateways(wish.vpcId()))
            .orElse(List.of());
    Optional<Map<String, Set<String>>> offers =
        findings.want(
            "whether the zone offers the instance type is not known",
            () -> instanceTypes.offered(wish.types()));
    return subnets.stream()
        .map(
            subnet -> {
              Optional<RouteTable> table = table(subnet, tables);
              WayOut wayOut = WayOut.of(table, privateNats);
              return new SubnetView(
                  subnet,
                  wayOut,
                  Services.of(subnet, table, endpoints, groups),
                  wish.target().obstacle(table, wayOut),
                  wish.target().ranges(table),
                  offered(wish.types(), offers, subnet.availabilityZone()));
            })
        .toList();
  }

  // A subnet without a table of its own follows the VPC's main one.
  private static Optional<RouteTable> table(Subnet subnet, List<RouteTable> tables) {
    return tables.stream()
        .filter(table -> table.subnetIds().contains(subnet.id()))
        .findFirst()
        .or(() -> tables.stream().filter(RouteTable::main).findFirst());
  }

  private static List<String> offered(
      List<String> types, Optional<Map<String, Set<String>>> offers, String zone) {
    if (offers.isEmpty()) {
      return types;
    }
    Set<String> here = offers.get().getOrDefault(zone, Set.of());
    return types.stream().filter(here::contains).toList();
  }

  private Optional<SubnetView> best(List<SubnetView> views, Wish wish, Findings findings) {
    List<SubnetView> fit =
        views.stream()
            .filter(view -> view.anyObstacle().isEmpty())
            .sorted(preference(wish))
            .toList();
    if (fit.isEmpty()) {
      refuse(views, wish, findings);
      return Optional.empty();
    }
    Optional<SubnetView> planned =
        fit.stream()
            .filter(view -> Optional.of(view.subnet().id()).equals(wish.planned()))
            .findFirst();
    SubnetView view = planned.orElse(fit.get(0));
    findings.decided(
        "subnet",
        view.text(),
        planned.isPresent() ? "as planned before, and it still will do" : reason(view, wish));
    return Optional.of(view);
  }

  // The id last, so that the choice never wavers.
  private Comparator<SubnetView> preference(Wish wish) {
    return Comparator.<SubnetView, Boolean>comparing(view -> !inZone(view, wish))
        .thenComparing(view -> view.wayOut().rank())
        .thenComparing(view -> shared(view))
        .thenComparing(view -> view.subnet().id());
  }

  private static boolean inZone(SubnetView view, Wish wish) {
    return wish.zone() == null || view.subnet().availabilityZone().equals(wish.zone());
  }

  private boolean shared(SubnetView view) {
    return view.subnet().owner() != null && !view.subnet().owner().equals(account);
  }

  private static String reason(SubnetView view, Wish wish) {
    String zone =
        wish.zone() == null
            ? ""
            : inZone(view, wish)
                ? "the database's zone; "
                : "no subnet in %s will do; ".formatted(wish.zone());
    String address = view.needsPublicAddress() ? ", which only serves public addresses" : "";
    return view.wayOut().out()
        ? zone + view.wayOut().text() + address
        : zone + "VPC endpoints lead to the AWS services, and a route to the target";
  }

  private Optional<SubnetView> wanted(List<SubnetView> views, Wish wish, Findings findings) {
    String id = wish.subnet().orElseThrow();
    Optional<SubnetView> view =
        views.stream().filter(candidate -> candidate.subnet().id().equals(id)).findFirst();
    if (view.isEmpty()) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          PLACING
              + "the source's VPC %s has no subnet %s; it has\n  %s"
                  .formatted(
                      wish.vpcId(),
                      id,
                      String.join(
                          "\n  ", views.stream().map(SubnetView::text).limit(LISTED).toList())),
          "leave --subnet out, and one is chosen");
      return Optional.empty();
    }
    Optional<String> obstacle = view.get().obstacle();
    if (obstacle.isPresent()) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          PLACING
              + "subnet %s will not do: %s, so the host could not be reached through Systems Manager"
                  .formatted(id, obstacle.get()),
          "leave --subnet out, and one is chosen");
      return Optional.empty();
    }
    // Names and routes may look different from inside; who names a subnet may know better.
    Optional.ofNullable(view.get().targetObstacle()).ifPresent(findings::warn);
    findings.decided("subnet", view.get().text(), "named with --subnet");
    return view;
  }

  private static void refuse(List<SubnetView> views, Wish wish, Findings findings) {
    List<String> lines =
        views.stream()
            .map(view -> "%s: %s".formatted(view.text(), view.anyObstacle().orElse("")))
            .toList();
    String list =
        lines.isEmpty()
            ? ""
            : "\n  " + String.join("\n  ", lines.subList(0, Math.min(LISTED, lines.size())));
    String more = lines.size() > LISTED ? "\n  and %d more".formatted(lines.size() - LISTED) : "";
    boolean onlyTarget =
        !views.isEmpty()
            && views.stream().allMatch(view -> view.wayOut().out() || view.services().all())
            && views.stream().map(SubnetView::targetObstacle).allMatch(Objects::nonNull);
    findings.problem(
        ErrorCode.AWS_UNSUPPORTED_SOURCE,
        PLACING
            + "none of the %d subnets of the source's VPC %s will do%s%s"
                .formatted(views.size(), wish.vpcId(), list, more),
        onlyTarget
            ? "add a route to the target to one of them (VPC peering, a transit gateway, a NAT gateway), then plan again"
            : "add a subnet with a NAT gateway or an internet gateway, or endpoints for ssm, ssmmessages, secretsmanager and s3 and a route to the target, then plan again");
  }

  private void warn(SubnetView view, Wish wish, Findings findings) {
    if (!inZone(view, wish)) {
      findings.warn(
          "the host goes to %s and the source runs in %s: traffic between zones is charged"
              .formatted(view.subnet().availabilityZone(), wish.zone()));
    }
    if (shared(view)) {
      findings.warn(
          "subnet %s is shared by account %s, which alone can change its routes and network ACLs"
              .formatted(view.subnet().id(), view.subnet().owner()));
    }
    if (view.wayOut().unseen()) {
      findings.warn(
          "of subnet %s, %s: whether the host gets to the internet can't be seen from here"
              .formatted(view.subnet().id(), view.wayOut().text()));
    }
  }
}
