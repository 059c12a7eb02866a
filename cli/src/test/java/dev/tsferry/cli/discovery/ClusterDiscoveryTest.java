package dev.tsferry.cli.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.discovery.source.DatabaseCluster;
import dev.tsferry.cli.discovery.source.DatabaseCluster.Capacity;
import dev.tsferry.cli.discovery.source.DatabaseCluster.Member;
import dev.tsferry.cli.discovery.source.Endpoint;
import dev.tsferry.cli.discovery.source.Login;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Aurora and Multi-AZ clusters as sources. */
class ClusterDiscoveryTest {
  private static final List<Member> MEMBERS =
      List.of(new Member("orders-2", false), new Member("orders-1", true));

  private final TestDiscovery discovery = new TestDiscovery();

  @BeforeEach
  void nameTheCluster() {
    discovery.rds = Optional.of("orders");
    for (String member : List.of("orders-1", "orders-2")) {
      Databases instance = new Databases();
      instance.identifier = member;
      instance.engine = "aurora-postgresql";
      instance.cluster = "orders";
      discovery.account.rds.put(instance);
    }
    cluster("aurora-postgresql", "provisioned", "available", MEMBERS, null, null);
  }

  private void cluster(
      String engine,
      String mode,
      String status,
      List<Member> members,
      Capacity capacity,
      String replicaOf) {
    discovery.account.rds.clusters.put(
        "orders",
        new DatabaseCluster(
            "orders",
            engine,
            mode,
            "16.4",
            status,
            new Endpoint("orders.cluster-abc.eu-west-1.rds.amazonaws.com", 5433),
            new Login("shop", "root", Databases.SECRET, null, "active"),
            List.of("sg-00000002"),
            members,
            "cluster-group",
            capacity,
            replicaOf,
            100));
  }

  @Test
  void discover_aurora_usesWriterEndpointZoneAndVolume() {
    Source source = discovery.discover().plan().source();

    assertThat(source.kind()).isEqualTo(SourceKind.AURORA);
    assertThat(source.identifier()).isEqualTo("orders");
    assertThat(source.address().host()).isEqualTo("orders.cluster-abc.eu-west-1.rds.amazonaws.com");
    assertThat(source.address().port()).isEqualTo(5433);
    assertThat(source.address().database()).isEqualTo("shop");
    assertThat(source.address().user()).isEqualTo("root");
    assertThat(source.engineVersion()).isEqualTo("16.4");
    assertThat(source.availabilityZone()).isEqualTo("eu-west-1a");
    assertThat(source.sizeBytes()).isEqualTo(3L << 30);
    assertThat(source.securityGroupId()).isEqualTo("sg-00000002");
  }

  @Test
  void discover_memberOfACluster_carriesTheClusterAndSaysSo() {
    discovery.rds = Optional.of("orders-2");

    Discovered discovered = discovery.discover();
    assertThat(discovered.plan().source().identifier()).isEqualTo("orders");
    assertThat(discovered.decisions().get(0).why()).startsWith("orders-2 is a member of it");
  }

  @Test
  void discover_readerEndpoint_usesTheWriterAndWarns() {
    discovery.rds = Optional.of("orders.cluster-ro-abc.eu-west-1.rds.amazonaws.com");

    Discovered discovered = discovery.discover();
    assertThat(discovered.plan().source().address().host()).startsWith("orders.cluster-abc.");
    assertThat(discovered.warnings().get(0)).contains("is the reader endpoint");
  }

  @Test
  void discover_instanceOfTheSameName_isAskedAbout() {
    Databases namesake = new Databases();
    namesake.identifier = "orders";
    discovery.account.rds.put(namesake);

    MigrationException refused = discovery.refused(ErrorCode.BAD_ARGUMENT);
    assertThat(refused)
        .hasMessageContaining("a DB instance and a DB cluster have this name")
        .hasMessageContaining("arn:aws:rds:eu-west-1:123456789012:cluster:orders");
    discovery.questions = TestQuestions.answering(1);
    assertThat(discovery.discover().plan().source().kind()).isEqualTo(SourceKind.AURORA);
    discovery.rds = Optional.of("arn:aws:rds:eu-west-1:123456789012:db:orders");
    assertThat(discovery.discover().plan().source().kind()).isEqualTo(SourceKind.RDS);
  }

  @Test
  void discover_auroraMysql_isRefused() {
    cluster("aurora-mysql", "provisioned", "available", MEMBERS, null, null);

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("its engine is aurora-mysql (Aurora MySQL)");
  }

  @Test
  void discover_noWriter_isRefused() {
    cluster(
        "aurora-postgresql",
        "provisioned",
        "available",
        List.of(new Member("orders-2", false)),
        null,
        null);
    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage("planning to carry orders: the cluster has no writer among its 1 instances");

    cluster("aurora-postgresql", "provisioned", "available", List.of(), null, null);
    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage(
            "planning to carry orders: the cluster has no writer, it has no instance at all");
  }

  @Test
  void discover_serverlessV1_isRefused() {
    cluster("aurora-postgresql", "serverless", "available", List.of(), new Capacity(0, 0), null);

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("it is Aurora Serverless v1")
        .hasMessageEndingWith("and is paused now");
  }

  @Test
  void discover_serverlessV2ThatMayPause_warns() {
    cluster("aurora-postgresql", "provisioned", "available", MEMBERS, new Capacity(0, null), null);

    assertThat(discovery.discover().warnings())
        .anyMatch(warning -> warning.startsWith("orders is Aurora Serverless v2 that may pause"));
  }

  @Test
  void discover_replicaCluster_isRefused() {
    cluster(
        "aurora-postgresql",
        "provisioned",
        "available",
        MEMBERS,
        null,
        "arn:aws:rds:x:1:cluster:p");

    assertThat(discovery.refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("the cluster is a replica of arn:aws:rds:x:1:cluster:p");
  }

  @Test
  void discover_multiAzCluster_isCarriedWithAWarning() {
    cluster("postgres", null, "available", MEMBERS, null, null);

    Discovered discovered = discovery.discover();
    assertThat(discovered.plan().source().kind()).isEqualTo(SourceKind.RDS);
    assertThat(discovered.plan().source().sizeBytes()).isEqualTo(92L << 30);
    assertThat(discovered.warnings()).anyMatch(warning -> warning.contains("Multi-AZ DB cluster"));
  }

  @Test
  void discover_auroraOfUnknownSize_asksForIt() {
    discovery.account.rds.volumeBytes = OptionalLong.empty();

    MigrationException refused = discovery.refused(ErrorCode.BAD_ARGUMENT);
    assertThat(refused).hasMessageContaining("how much data it holds is not known");
    discovery.size = OptionalLong.of(7L << 30);
    assertThat(discovery.discover().plan().source().sizeBytes()).isEqualTo(7L << 30);
  }
}
