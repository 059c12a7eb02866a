package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.AccountDirectory.Identity;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a plan out of what the user said and what AWS knows. Only reads: nothing in the account
 * changes. The same account gives the same plan, to the byte.
 */
public final class PlanDiscovery {
  // The newest LTS release for which PGDG and the distribution both have been around for a while.
  private static final String UBUNTU = "24.04";
  private static final long GIB = HostSize.GIB;
  private static final int NAME_LENGTH = 40;

  private final AccountDirectory accounts;
  private final DatabaseDirectory databases;
  private final NetworkDirectory network;
  private final ImageDirectory images;
  private final StorageMetrics storage;

  public PlanDiscovery(
      AccountDirectory accounts,
      DatabaseDirectory databases,
      NetworkDirectory network,
      ImageDirectory images,
      StorageMetrics storage) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.databases = requireNonNull(databases, "databases is null");
    this.network = requireNonNull(network, "network is null");
    this.images = requireNonNull(images, "images is null");
    this.storage = requireNonNull(storage, "storage is null");
  }

  /**
   * Looks at the source and plans the migration.
   *
   * @throws MigrationException {@code AWS_NOT_FOUND} if there is no such instance, {@code
   *     AWS_UNSUPPORTED_SOURCE} if it cannot be carried, {@code BAD_ARGUMENT} if the request leaves
   *     something open or asks for what is not there
   */
  public Discovered discover(DiscoveryRequest request) {
    Identity identity = accounts.identity();
    DatabaseInstance instance =
        databases
            .find(request.identifier())
            .orElseThrow(() -> notFound(request.identifier(), identity));
    SourceSuitability.check(instance);
    List<String> warnings = new ArrayList<>();
    Source source = source(request, instance, size(instance, warnings));
    HostPlace place =
        HostPlace.choose(network, source.vpcId(), source.availabilityZone(), request.subnet());
    Host host = host(place, source, identity);
    PlanWarnings.add(source, host, warnings);
    return new Discovered(
        new MigrationPlan(
            MigrationPlan.VERSION,
            request.name().orElseGet(() -> nameFrom(instance.identifier())),
            identity.account(),
            identity.region(),
            source,
            host,
            request.target(),
            pipeline(request, source)),
        warnings);
  }

  private static MigrationException notFound(String identifier, Identity identity) {
    return new MigrationException(
        ErrorCode.AWS_NOT_FOUND,
        "looking up the DB instance %s: account %s has none of that name in %s"
            .formatted(identifier, identity.account(), identity.region()),
        "aws rds describe-db-instances --region %s --query 'DBInstances[].DBInstanceIdentifier'"
            .formatted(identity.region()));
  }

  private Source source(DiscoveryRequest request, DatabaseInstance instance, long sizeBytes) {
    DatabaseInstance.Login login = instance.login();
    return new Source(
        SourceKind.RDS,
        instance.identifier(),
        new DatabaseAddress(
            instance.endpoint().host(),
            instance.endpoint().port(),
            database(request, instance),
            login.user(),
            request.sourceTls()),
        login.secretArn(),
        login.secretKmsKeyArn(),
        instance.engineVersion(),
        sizeBytes,
        instance.placement().vpcId(),
        securityGroup(request, instance),
        instance.placement().availabilityZone());
  }

  private static String database(DiscoveryRequest request, DatabaseInstance instance) {
    return request
        .sourceDatabase()
        .or(() -> Optional.ofNullable(instance.login().database()))
        .orElseThrow(
            () ->
                new MigrationException(
                    ErrorCode.BAD_ARGUMENT,
                    "choosing the database of %s: RDS knows of none that was made with the instance"
                        .formatted(instance.identifier()),
                    "name it with --source-database"));
  }

  private String securityGroup(DiscoveryRequest request, DatabaseInstance instance) {
    List<String> groups = instance.placement().securityGroupIds();
    if (request.securityGroup().isPresent()) {
      String wanted = request.securityGroup().get();
      if (!groups.contains(wanted)) {
        throw new MigrationException(
            ErrorCode.BAD_ARGUMENT,
            "choosing the security group: %s is not one of %s, which has %s"
                .formatted(wanted, instance.identifier(), named(groups)));
      }
      return wanted;
    }
    if (groups.size() != 1) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "choosing the security group: %s has %s, and the rule that lets the host in goes to one"
              .formatted(
                  instance.identifier(), groups.isEmpty() ? "none" : "several: " + named(groups)),
          "name one with --security-group");
    }
    return groups.get(0);
  }

  private String named(List<String> groups) {
    List<String> names = new ArrayList<>();
    for (NetworkDirectory.SecurityGroup group : network.securityGroups(groups)) {
      names.add("%s (%s)".formatted(group.id(), group.name()));
    }
    return String.join(", ", names);
  }

  // Whole GiB, since free storage moves all the time and the plan must not.
  private long size(DatabaseInstance instance, List<String> warnings) {
    long allocated = instance.allocatedGib() * GIB;
    try {
      java.util.OptionalLong free = storage.freeBytes(instance.identifier());
      if (free.isPresent()) {
        long used = Math.max(0, allocated - free.getAsLong());
        return (used + GIB - 1) / GIB * GIB;
      }
      warnings.add(sizedForAll(instance, "CloudWatch has no recent FreeStorageSpace of it"));
    } catch (MigrationException e) {
      warnings.add(sizedForAll(instance, e.getMessage()));
    }
    return allocated;
  }

  private static String sizedForAll(DatabaseInstance instance, String why) {
    return "the host is sized for all %d GiB that %s has allocated, since how much is used is not known (%s)"
        .formatted(instance.allocatedGib(), instance.identifier(), why);
  }

  private Host host(HostPlace place, Source source, Identity identity) {
    HostSize size = HostSize.of(source.sizeBytes());
    String image =
        images
            .ubuntu(UBUNTU, "amd64")
            .orElseThrow(
                () ->
                    new MigrationException(
                        ErrorCode.AWS_NOT_FOUND,
                        "looking up the image of Ubuntu %s: Canonical publishes none in %s"
                            .formatted(UBUNTU, identity.region())));
    return new Host(
        place.subnet().id(),
        place.subnet().availabilityZone(),
        place.publicAddress(),
        size.instanceType(),
        Architecture.X86_64,
        image,
        UBUNTU,
        size.rootVolume(),
        size.dataVolume());
  }

  private static Pipeline pipeline(DiscoveryRequest request, Source source) {
    return new Pipeline(
        DataMode.DUMP,
        request.hypertables(),
        true,
        VerifyLevel.COUNTS,
        source.majorVersion(),
        false);
  }

  // RDS allows 63 characters, the names that the stack makes of it fewer.
  private static String nameFrom(String identifier) {
    String name = identifier.toLowerCase(Locale.ROOT);
    if (name.length() > NAME_LENGTH) {
      name = name.substring(0, NAME_LENGTH);
    }
    name = name.replaceAll("-+$", "");
    return name.length() < 2 ? name + "-db" : name;
  }
}
