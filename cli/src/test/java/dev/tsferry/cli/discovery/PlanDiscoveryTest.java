package dev.tsferry.cli.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.cli.discovery.NetworkDirectory.RouteTable;
import dev.tsferry.cli.discovery.NetworkDirectory.Subnet;
import dev.tsferry.cli.discovery.NetworkDirectory.WayOut;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.cli.fake.FakeAccount;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanDiscoveryTest {
  private static final List<String> ONE_GROUP = List.of("sg-00000001");

  private final FakeAccount account = new FakeAccount();
  private Optional<String> subnet = Optional.empty();
  private Optional<String> securityGroup = Optional.empty();
  private Optional<String> name = Optional.empty();
  private String identifier = "orders-db";

  private Discovered discover() {
    return new PlanDiscovery(
            account.identity(), account.databases(), account, account.images(), account.storage())
        .discover(
            new DiscoveryRequest(
                identifier,
                new DatabaseAddress("t", 1, "tsdb", "tsdbadmin", new Tls(TlsMode.REQUIRE, null)),
                new Tls(TlsMode.VERIFY_FULL, Tls.RDS),
                Optional.empty(),
                name,
                subnet,
                securityGroup,
                List.of()));
  }

  private MigrationException refused(ErrorCode code) {
    MigrationException failure = catchThrowableOfType(MigrationException.class, this::discover);
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    return failure;
  }

  private void instance(DatabaseInstance instance) {
    account.instances.put("orders-db", instance);
  }

  @Test
  void discover_otherEngine_isRefused() {
    instance(Databases.of("mysql", "available", null, ONE_GROUP, "orders", null));

    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage(
            "planning to carry orders-db: its engine is mysql, only postgres can be carried");
  }

  @Test
  void discover_aurora_isRefusedForNow() {
    instance(Databases.of("aurora-postgresql", "available", null, ONE_GROUP, "orders", null));

    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage(
            "planning to carry orders-db: it belongs to an Aurora PostgreSQL cluster, which tsferry cannot carry yet");
  }

  @Test
  void discover_notAvailable_isRefusedWithWhatToDo() {
    instance(Databases.of("postgres", "creating", null, ONE_GROUP, "orders", null));

    MigrationException refused = refused(ErrorCode.AWS_UNSUPPORTED_SOURCE);
    assertThat(refused)
        .hasMessage("planning to carry orders-db: its status is creating, not available");
    assertThat(refused.hints())
        .containsExactly("aws rds wait db-instance-available --db-instance-identifier orders-db");

    instance(Databases.of("postgres", "deleting", null, ONE_GROUP, "orders", null));
    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE).hints())
        .containsExactly("name another instance");
  }

  @Test
  void discover_readReplica_namesThePrimary() {
    instance(
        Databases.of(
            "postgres",
            "available",
            "arn:aws:rds:us-east-1:1:db:primary",
            ONE_GROUP,
            "orders",
            null));

    MigrationException refused = refused(ErrorCode.AWS_UNSUPPORTED_SOURCE);
    assertThat(refused).hasMessageContaining("it is a read replica of arn:aws:rds");
    assertThat(refused.hints()).containsExactly("plan with --rds primary");
  }

  @Test
  void discover_severalSecurityGroups_asksForOne() {
    instance(
        Databases.of(
            "postgres", "available", null, List.of("sg-00000001", "sg-00000002"), "orders", null));

    MigrationException refused = refused(ErrorCode.BAD_ARGUMENT);
    assertThat(refused)
        .hasMessage(
            "choosing the security group: orders-db has several: sg-00000001 (name-of-sg-00000001), sg-00000002 (name-of-sg-00000002), and the rule that lets the host in goes to one");
    assertThat(refused.hints()).containsExactly("name one with --security-group");

    securityGroup = Optional.of("sg-00000002");
    assertThat(discover().plan().source().securityGroupId()).isEqualTo("sg-00000002");
    securityGroup = Optional.of("sg-00000009");
    assertThat(refused(ErrorCode.BAD_ARGUMENT))
        .hasMessageContaining("sg-00000009 is not one of orders-db, which has sg-00000001");
  }

  @Test
  void discover_noInitialDatabase_asksForItsName() {
    instance(Databases.of("postgres", "available", null, ONE_GROUP, null, null));

    assertThat(refused(ErrorCode.BAD_ARGUMENT).hints())
        .containsExactly("name it with --source-database");
  }

  @Test
  void discover_noWayOutInTheSourcesZone_takesAnotherZoneAndWarns() {
    account.routeTables.remove(1);

    Discovered discovered = discover();
    Host host = discovered.plan().host();
    assertThat(host.subnetId()).isEqualTo("subnet-00000a00");
    assertThat(host.availabilityZone()).isEqualTo("eu-west-1b");
    assertThat(host.publicAddress()).isTrue();
    assertThat(discovered.warnings())
        .anySatisfy(warning -> assertThat(warning).contains("traffic between zones is charged"));
  }

  @Test
  void discover_noWayOutAnywhere_isRefused() {
    account.routeTables.removeIf(table -> !table.main());

    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage(
            "placing the host: none of the 2 subnets of the source's VPC vpc-00000001 has a route out (0.0.0.0/0) and a free address, so a host there could reach neither Systems Manager nor the target");
  }

  @Test
  void discover_mainRouteTable_servesSubnetsWithoutOneOfTheirOwn() {
    account.routeTables.clear();
    account.routeTables.add(new RouteTable("rtb", true, List.of(), WayOut.NAT));

    assertThat(discover().plan().host().subnetId()).isEqualTo("subnet-00000b00");
  }

  @Test
  void discover_fullSubnet_isPassedOver() {
    account.subnets.set(0, new Subnet("subnet-00000b00", "eu-west-1a", null, 0));

    assertThat(discover().plan().host().subnetId()).isEqualTo("subnet-00000a00");
  }

  @Test
  void discover_namedSubnet_isTakenIfItWillDo() {
    subnet = Optional.of("subnet-00000a00");
    assertThat(discover().plan().host().publicAddress()).isTrue();

    subnet = Optional.of("subnet-00000c00");
    assertThat(refused(ErrorCode.BAD_ARGUMENT))
        .hasMessage(
            "placing the host: the source's VPC vpc-00000001 has no subnet subnet-00000c00");

    account.routeTables.clear();
    subnet = Optional.of("subnet-00000a00");
    assertThat(refused(ErrorCode.BAD_ARGUMENT)).hasMessageContaining("has no route out");
  }

  @Test
  void discover_noMetric_sizesForAllThatIsAllocated() {
    account.freeBytes = OptionalLong.empty();

    Discovered discovered = discover();
    assertThat(discovered.plan().source().sizeBytes()).isEqualTo(20L << 30);
    assertThat(discovered.warnings())
        .containsExactly(
            "the host is sized for all 20 GiB that orders-db has allocated, since how much is used is not known (CloudWatch has no recent FreeStorageSpace of it)");
  }

  @Test
  void discover_freeStorageMovesALittle_planStaysTheSame() {
    account.freeBytes = OptionalLong.of((9L << 30) - 1_000_000);
    Discovered first = discover();
    account.freeBytes = OptionalLong.of((9L << 30) - 9_000_000);

    assertThat(discover().plan()).isEqualTo(first.plan());
  }

  @Test
  void discover_noImage_isRefused() {
    account.image = Optional.empty();

    assertThat(refused(ErrorCode.AWS_NOT_FOUND))
        .hasMessage("looking up the image of Ubuntu 24.04: Canonical publishes none in eu-west-1");
  }

  @Test
  void discover_longIdentifier_isShortenedToAName() {
    identifier = "orders-database-of-the-whole-company-in----europe";
    account.instances.put(
        identifier,
        new DatabaseInstance(
            identifier,
            "postgres",
            "15.18",
            "available",
            null,
            20,
            Databases.orders().endpoint(),
            Databases.orders().login(),
            Databases.orders().placement()));

    assertThat(discover().plan().name()).isEqualTo("orders-database-of-the-whole-company-in");
    name = Optional.of("other");
    assertThat(discover().plan().name()).isEqualTo("other");
  }

  @Test
  void hostSize_growsWithTheData() {
    assertThat(HostSize.of(0).dataVolume().sizeGib()).isEqualTo(20);
    assertThat(HostSize.of(300L << 30).instanceType()).isEqualTo("m7i.xlarge");
    HostSize large = HostSize.of(2000L << 30);
    assertThat(large.instanceType()).isEqualTo("m7i.2xlarge");
    assertThat(large.dataVolume().sizeGib()).isEqualTo(2410);
    assertThat(large.dataVolume().throughputMibps())
        .isLessThanOrEqualTo(large.dataVolume().iops() / 4);
  }
}
