package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.AccountDirectory.Identity;
import dev.tsferry.cli.discovery.DiscoveryRequest.HostRequest;
import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.finding.Questions;
import dev.tsferry.cli.discovery.host.HostSize;
import dev.tsferry.cli.discovery.network.HostPlace;
import dev.tsferry.cli.discovery.network.HostPlacing;
import dev.tsferry.cli.discovery.network.SecurityGroupChoice;
import dev.tsferry.cli.discovery.network.TargetRoute;
import dev.tsferry.cli.discovery.network.VpcNames;
import dev.tsferry.cli.discovery.source.ClusterSource;
import dev.tsferry.cli.discovery.source.InstanceSource;
import dev.tsferry.cli.discovery.source.RdsSource;
import dev.tsferry.cli.discovery.source.SelfHostedSource;
import dev.tsferry.cli.discovery.source.ServerFacts;
import dev.tsferry.cli.discovery.source.SourceDatabase;
import dev.tsferry.cli.discovery.source.SourceRequest;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.CustomerKeys;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes a plan out of what the user said and what AWS knows. Only reads: nothing in the account
 * changes. The same account gives the same plan, to the byte.
 */
public final class PlanDiscovery {
  // pg_dump reads servers as old as 9.2, and packages of clients older than this are gone.
  private static final int OLDEST_CLIENT = 14;

  private final Directories directories;
  private final Clock clock;

  /**
   * @param clock for what expires; nothing of it gets into the plan
   */
  public PlanDiscovery(Directories directories, Clock clock) {
    this.directories = requireNonNull(directories, "directories is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Looks at the source and plans the migration.
   *
   * @throws MigrationException with everything that stands in the way: {@code AWS_NOT_FOUND} if
   *     there is no such database, {@code AWS_UNSUPPORTED_SOURCE} if it cannot be carried, {@code
   *     BAD_ARGUMENT} if the request leaves something open or asks for what is not there, {@code
   *     AWS_DENIED} if a right is missing
   */
  public Discovered discover(DiscoveryRequest request, Questions questions) {
    Identity identity = directories.accounts().identity();
    Findings findings = new Findings(questions);
    Optional<SourceDatabase> source = source(request.source(), identity, findings);
    Optional<String> image = image(request.host(), identity, findings);
    if (source.isEmpty()) {
      findings.refuseIfBlocked();
      throw new IllegalStateException("no source and no problem");
    }
    SourceDatabase found = source.get();
    Optional<SourceDetails> details =
        SourceDetails.of(found, request.source(), directories.probe(), findings);
    Optional<String> group = securityGroup(found, request.source(), identity, findings);
    HostSize size =
        HostSize.of(
            details.map(SourceDetails::sizeBytes).orElse(0L),
            request.host().architecture(),
            request.host().jobs());
    Optional<HostPlace> place = place(found, request, size, identity, findings);
    place.ifPresent(at -> ClosedSubnetNeeds.check(at, request, findings));
    findings.refuseIfBlocked();
    Source plannedSource =
        source(found, details.orElseThrow(), group.orElseThrow(), place.orElseThrow(), request);
    Host host =
        host(place.get(), size, plannedSource, image.orElseThrow(), request.host(), findings);
    PlanWarnings.add(plannedSource, findings);
    return new Discovered(
        new MigrationPlan(
            MigrationPlan.VERSION,
            request.name().orElseGet(() -> MigrationName.of(found.identifier())),
            identity.account(),
            identity.region(),
            plannedSource,
            host,
            request.target(),
            pipeline(request, plannedSource, findings)),
        found.facts(),
        findings.decisions(),
        findings.warnings());
  }

  private Optional<SourceDatabase> source(
      SourceRequest request, Identity identity, Findings findings) {
    ServerFacts facts = new ServerFacts(directories.databases(), clock);
    InstanceSource instances = new InstanceSource(directories.storage(), facts);
    RdsSource rds =
        new RdsSource(
            directories.databases(),
            instances,
            new ClusterSource(directories.databases(), directories.storage(), instances, facts),
            identity.account(),
            identity.region());
    if (request.address().isPresent()) {
      return new SelfHostedSource(directories.network(), directories.names(), identity.region())
          .find(request, findings);
    }
    return request.rds().isPresent()
        ? rds.find(request.rds().get(), findings)
        : rds.choose(findings);
  }

  private Optional<String> image(HostRequest request, Identity identity, Findings findings) {
    String architecture = request.architecture() == Architecture.ARM64 ? "arm64" : "amd64";
    Optional<Optional<String>> image =
        findings.need(() -> directories.images().ubuntu(request.ubuntu(), architecture));
    if (image.isPresent() && image.get().isEmpty()) {
      findings.problem(
          ErrorCode.AWS_NOT_FOUND,
          "looking up the image of Ubuntu %s for %s: Canonical publishes none in %s"
              .formatted(request.ubuntu(), architecture, identity.region()),
          "name another release with --ubuntu, such as %s".formatted(HostRequest.UBUNTU));
    }
    return image.flatMap(found -> found);
  }

  private Optional<String> securityGroup(
      SourceDatabase found, SourceRequest request, Identity identity, Findings findings) {
    int port = found.endpoint() == null ? 5432 : found.endpoint().port();
    return new SecurityGroupChoice(directories.network(), identity.account())
        .choose(
            found.identifier(),
            found.placement().securityGroupIds(),
            port,
            request.securityGroup(),
            request.plannedGroup(),
            findings);
  }

  private Optional<HostPlace> place(
      SourceDatabase found,
      DiscoveryRequest request,
      HostSize size,
      Identity identity,
      Findings findings) {
    String vpc = found.placement().vpcId();
    if (vpc == null) {
      findings.problem(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          "placing the host: RDS names no VPC of %s".formatted(found.identifier()));
      return Optional.empty();
    }
    new VpcNames(directories.network())
        .check(vpc, found.identifier(), found.traits().publiclyAccessible(), findings);
    String target = request.target().host();
    TargetRoute route = new TargetRoute(target, directories.names().addresses(target));
    if (route.addresses().isEmpty()) {
      findings.warn(
          "the target's name %s does not resolve here: unless it is a name of your VPC's own, check --target-host"
              .formatted(target));
    }
    List<String> types = request.host().instanceType().map(List::of).orElse(size.instanceTypes());
    return new HostPlacing(directories.network(), directories.instanceTypes(), identity.account())
        .choose(
            new HostPlacing.Wish(
                vpc,
                found.placement().availabilityZone(),
                request.host().subnet(),
                request.host().planned(),
                route,
                types),
            findings);
  }

  private static Source source(
      SourceDatabase found,
      SourceDetails details,
      String group,
      HostPlace place,
      DiscoveryRequest request) {
    String zone = found.placement().availabilityZone();
    return new Source(
        found.kind(),
        found.identifier(),
        new DatabaseAddress(
            found.endpoint().host(),
            found.endpoint().port(),
            details.database(),
            details.user(),
            request.source().tls()),
        // RDS's secret holds the master user's password, and nobody else's.
        details.user().equals(found.login().user()) ? found.login().secretArn() : null,
        details.user().equals(found.login().user()) ? found.login().secretKmsKeyArn() : null,
        details.engineVersion(),
        details.sizeBytes(),
        found.placement().vpcId(),
        group,
        zone == null ? place.subnet().availabilityZone() : zone);
  }

  private static Host host(
      HostPlace place,
      HostSize size,
      Source source,
      String image,
      HostRequest request,
      Findings findings) {
    String type = place.types().get(0);
    findings.decided(
        "instance",
        type,
        request.instanceType().isPresent()
            ? "named with --instance-type"
            : HostSize.reason(source.sizeBytes(), request.jobs()));
    findings.decided("image", image, "the newest of Ubuntu %s, pinned".formatted(request.ubuntu()));
    String key = request.kmsKeyArn();
    return new Host(
        place.subnet().id(),
        place.subnet().availabilityZone(),
        place.publicAddress(),
        type,
        request.architecture(),
        image,
        request.ubuntu(),
        size.rootVolume().with(key),
        request.dataMode() == DataMode.DUMP ? size.dataVolume().with(key) : null,
        request.timeToLiveHours(),
        key == null ? null : new CustomerKeys(key, key),
        place.network(),
        request.software());
  }

  /** The major version of the client programs for a source. */
  static int clientMajor(int sourceMajor) {
    return Math.max(OLDEST_CLIENT, sourceMajor);
  }

  private static Pipeline pipeline(DiscoveryRequest request, Source source, Findings findings) {
    int client = clientMajor(source.majorVersion());
    findings.decided(
        "client programs",
        "PostgreSQL " + client,
        client == source.majorVersion()
            ? "the source's major version"
            : "the oldest that is packaged; it reads a source of %d"
                .formatted(source.majorVersion()));
    return new Pipeline(
        request.host().dataMode(),
        request.hypertables(),
        true,
        VerifyLevel.closest(request.host().dataMode()),
        client,
        false);
  }
}
