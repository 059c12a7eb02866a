package dev.tsferry.cli.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.discovery.network.NetworkDirectory.NetworkInterface;
import dev.tsferry.cli.discovery.source.ServerProbe.Answer;
import dev.tsferry.cli.discovery.source.ServerProbe.Database;
import dev.tsferry.cli.discovery.source.SourceRequest.SelfHosted;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that somebody runs himself as the source. */
class SelfHostedDiscoveryTest {
  private final TestDiscovery discovery = new TestDiscovery();

  @BeforeEach
  void nameTheServer() {
    discovery.rds = Optional.empty();
    discovery.address = Optional.of(new SelfHosted("10.0.4.17", 5432, Optional.of("metrics")));
    discovery.database = Optional.of("metrics");
    discovery.version = Optional.of("15.18");
    discovery.size = OptionalLong.of(5L << 30);
    discovery.account.network.interfaces.add(eni("eni-1", "vpc-00000001"));
  }

  private static NetworkInterface eni(String id, String vpc) {
    return new NetworkInterface(id, vpc, "eu-west-1a", "10.0.4.17", "i-1", List.of("sg-00000007"));
  }

  @Test
  void discover_addressOfAnInterface_findsVpcZoneAndGroup() {
    MigrationPlan plan = discovery.discover().plan();

    assertThat(plan.name()).isEqualTo("db-10-0-4-17");
    assertThat(plan.source().kind()).isEqualTo(SourceKind.POSTGRESQL);
    assertThat(plan.source().vpcId()).isEqualTo("vpc-00000001");
    assertThat(plan.source().availabilityZone()).isEqualTo("eu-west-1a");
    assertThat(plan.source().securityGroupId()).isEqualTo("sg-00000007");
    assertThat(plan.source().address().user()).isEqualTo("postgres");
    assertThat(plan.source().managedSecretArn()).isEmpty();
  }

  @Test
  void discover_name_isResolvedFirst() {
    discovery.address = Optional.of(new SelfHosted("ts1.example", 5432, Optional.of("metrics")));
    assertThat(discovery.refused(ErrorCode.AWS_NOT_FOUND))
        .hasMessageContaining("the name does not resolve here");

    discovery.account.network.names.put("ts1.example", List.of("10.0.4.17"));
    MigrationPlan plan = discovery.discover().plan();
    assertThat(plan.name()).isEqualTo("ts1");
    assertThat(plan.source().address().host()).isEqualTo("ts1.example");
  }

  @Test
  void discover_sameAddressInTwoVpcs_asksWhich() {
    discovery.account.network.interfaces.add(eni("eni-2", "vpc-00000002"));

    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT))
        .hasMessage(
            "looking for 10.0.4.17: several network interfaces have the address 10.0.4.17\n  eni-1 of i-1, vpc-00000001, eu-west-1a\n  eni-2 of i-1, vpc-00000002, eu-west-1a");
    discovery.vpc = Optional.of("vpc-00000002");
    assertThat(discovery.discover().plan().source().vpcId()).isEqualTo("vpc-00000002");
  }

  @Test
  void discover_addressOfNobody_needsVpcAndGroup() {
    discovery.account.network.interfaces.clear();
    assertThat(discovery.refused(ErrorCode.AWS_NOT_FOUND).hints().get(0))
        .contains("--vpc and --security-group");

    discovery.vpc = Optional.of("vpc-00000001");
    discovery.securityGroup = Optional.of("sg-00000008");
    MigrationPlan plan = discovery.discover().plan();
    assertThat(plan.source().securityGroupId()).isEqualTo("sg-00000008");
    assertThat(plan.source().availabilityZone()).isEqualTo(plan.host().availabilityZone());
  }

  @Test
  void discover_serverAnswers_versionAndSizeAreItsOwn() {
    discovery.version = Optional.empty();
    discovery.size = OptionalLong.empty();
    discovery.database = Optional.empty();
    discovery.address = Optional.of(new SelfHosted("10.0.4.17", 5432, Optional.empty()));
    discovery.probe =
        address ->
            Optional.of(
                new Answer(
                    "16.3", List.of(new Database("a", 1), new Database("metrics", 9L << 30))));

    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT).getMessage())
        .contains("choosing the database of 10.0.4.17: the server has several\n  a (1 GiB)");
    discovery.database = Optional.of("metrics");
    MigrationPlan plan = discovery.discover().plan();
    assertThat(plan.source().engineVersion()).isEqualTo("16.3");
    assertThat(plan.source().sizeBytes()).isEqualTo(9L << 30);
  }

  @Test
  void discover_nothingKnownOfTheServer_saysBothOptions() {
    discovery.version = Optional.empty();
    discovery.size = OptionalLong.empty();

    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT).getMessage())
        .contains("--source-version")
        .contains("--source-size")
        .contains("$PGPASSWORD");
  }
}
