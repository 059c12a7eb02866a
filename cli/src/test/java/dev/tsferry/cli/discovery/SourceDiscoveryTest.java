package dev.tsferry.cli.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.discovery.finding.Decision;
import dev.tsferry.cli.discovery.source.DatabaseTraits;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RDS instances as sources: which are found, by which name, and which are refused. */
class SourceDiscoveryTest {
  private final TestDiscovery discovery = new TestDiscovery();
  private final Databases database = new Databases();

  private MigrationException refused(ErrorCode code) {
    discovery.account.rds.put(database);
    return discovery.refused(code);
  }

  private Discovered discover() {
    discovery.account.rds.put(database);
    return discovery.discover();
  }

  @ParameterizedTest
  @CsvSource({
    "mysql, mysql (MySQL)",
    "oracle-ee, oracle-ee (Oracle)",
    "sqlserver-se, sqlserver-se (SQL Server)",
    "aurora-mysql, aurora-mysql (Aurora MySQL)",
    "mariadb, mariadb (MariaDB)"
  })
  void discover_otherEngine_isRefusedByItsName(String engine, String words) {
    database.engine = engine;

    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessage(
            "planning to carry orders-db: its engine is %s, and only postgres and aurora-postgresql can be carried"
                .formatted(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modifying|it is being changed (status modifying), which may restart it in the middle of a dump|aws rds wait db-instance-available --db-instance-identifier orders-db",
        "stopped|it is stopped, and a dump needs it running|aws rds start-db-instance --db-instance-identifier orders-db",
        "deleting|it is being deleted|name another with --rds",
        "storage-full|its storage is full (storage-full), and RDS lets nobody in until there is room|aws rds modify-db-instance --db-instance-identifier orders-db --apply-immediately --allocated-storage GIB",
        "incompatible-network|its status is incompatible-network, which does not pass by itself|aws rds describe-events --source-type db-instance --source-identifier orders-db --duration 1440"
      })
  void discover_unusableStatus_saysWhatToDo(String status, String why, String hint) {
    database.status = status;

    MigrationException refused = refused(ErrorCode.AWS_UNSUPPORTED_SOURCE);
    assertThat(refused).hasMessage("planning to carry orders-db: " + why);
    assertThat(refused.hints()).containsExactly(hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"available", "backing-up", "storage-optimization"})
  void discover_usableStatus_isPlanned(String status) {
    database.status = status;

    assertThat(discover().plan().source().identifier()).isEqualTo("orders-db");
  }

  @Test
  void discover_readReplica_isRefusedAndNamesThePrimary() {
    database.replicaOf = "arn:aws:rds:us-east-1:1:db:primary";

    MigrationException refused = refused(ErrorCode.AWS_UNSUPPORTED_SOURCE);
    assertThat(refused)
        .hasMessageContaining("it is a read replica of arn:aws:rds")
        .hasMessageContaining("its tables cannot be locked against writes");
    assertThat(refused.hints()).containsExactly("plan with --rds primary --region us-east-1");
  }

  @Test
  void discover_severalThingsWrong_saysAllOfThemAtOnce() {
    database.status = "modifying";
    database.replicaOf = "primary";
    database.database = null;
    database.groups = List.of("sg-1", "sg-2");
    discovery.account.network.routeTables.clear();
    discovery.account.image = Optional.empty();

    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE).getMessage().lines())
        .startsWith("planning: 5 problems")
        .anyMatch(line -> line.startsWith("1. planning to carry orders-db: it is being changed"))
        .anyMatch(line -> line.startsWith("2. planning to carry orders-db: it is a read replica"))
        .anyMatch(line -> line.startsWith("3. looking up the image of Ubuntu 24.04"))
        .anyMatch(line -> line.startsWith("4. choosing the database of orders-db"))
        .anyMatch(line -> line.startsWith("5. choosing the security group"))
        .anyMatch(line -> line.equals("   hint: name one with --security-group"));
  }

  @Test
  void discover_unknownName_listsWhatThereIs() {
    discovery.rds = Optional.of("nope");

    MigrationException refused = refused(ErrorCode.AWS_NOT_FOUND);
    assertThat(refused)
        .hasMessage(
            "looking up the database nope: account 123456789012 has none of that name in eu-west-1; it has\n  orders-db (DB instance, postgres)");
    assertThat(refused.hints())
        .containsExactly("name another with --rds, or choose another --region or AWS_PROFILE");
  }

  @Test
  void discover_similarName_isAskedAbout() {
    database.identifier = "orders-db-eu";
    discovery.account.rds.instances.clear();

    assertThat(refused(ErrorCode.BAD_ARGUMENT))
        .hasMessage(
            "looking up the database orders-db: account 123456789012 has none of that name in eu-west-1, but similar ones\n  orders-db-eu (DB instance, postgres)");
    discovery.questions = TestQuestions.answering(0);
    assertThat(discovery.discover().plan().source().identifier()).isEqualTo("orders-db-eu");
  }

  @Test
  void discover_noName_asksAmongAllThatCanBeCarried() {
    discovery.rds = Optional.empty();
    Databases other = new Databases();
    other.identifier = "legacy";
    other.engine = "mysql";
    discovery.account.rds.put(other);

    TestQuestions questions = TestQuestions.answering(0);
    discovery.questions = questions;
    assertThat(discover().plan().source().identifier()).isEqualTo("orders-db");
    assertThat(questions.asked())
        .containsExactly(
            "choosing the source: account 123456789012 in eu-west-1 has [orders-db (DB instance, postgres)]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Orders-DB",
        "orders-db.c9akciq32rgw.eu-west-1.rds.amazonaws.com",
        "arn:aws:rds:eu-west-1:123456789012:db:orders-db"
      })
  void discover_otherFormsOfTheName_areUnderstood(String typed) {
    discovery.rds = Optional.of(typed);

    assertThat(discover().plan().source().identifier()).isEqualTo("orders-db");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.proxy-c9akciq32rgw.eu-west-1.rds.amazonaws.com|that is an RDS Proxy|--db-proxy-name app",
        "orders-db.c9ak.us-east-1.rds.amazonaws.com|it is in region us-east-1, and eu-west-1 is in force|add --region us-east-1",
        "arn:aws:rds:eu-west-1:999999999999:db:orders-db|it belongs to account 999999999999|AWS_PROFILE",
        "some.cluster-custom-c9ak.eu-west-1.rds.amazonaws.com|a custom endpoint|name the cluster with --rds"
      })
  void discover_nameOfSomethingElse_isRefused(String typed, String why, String hint) {
    discovery.rds = Optional.of(typed);

    MigrationException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            MigrationException.class, discovery::discover);
    assertThat(refused).hasMessageStartingWith("looking up " + typed).hasMessageContaining(why);
    assertThat(refused.hints().get(0)).contains(hint);
  }

  @Test
  void discover_noInitialDatabase_asksForItsName() {
    database.database = null;

    MigrationException refused = refused(ErrorCode.BAD_ARGUMENT);
    assertThat(refused.hints()).containsExactly("give it with --source-database");
    discovery.questions = TestQuestions.typing("shop");
    assertThat(discovery.discover().plan().source().address().database()).isEqualTo("shop");
  }

  @Test
  void discover_noMetric_sizesForAllThatIsAllocated() {
    discovery.account.rds.freeBytes = OptionalLong.empty();

    Discovered discovered = discover();
    assertThat(discovered.plan().source().sizeBytes()).isEqualTo(20L << 30);
    assertThat(discovered.warnings())
        .containsExactly(
            "the host is sized for all 20 GiB that orders-db has allocated, since CloudWatch has no recent FreeStorageSpace of it");
  }

  @Test
  void discover_metricDenied_warnsWithTheAction() {
    discovery.account.rds.denied.add("cloudwatch:GetMetricStatistics");

    assertThat(discover().warnings())
        .anyMatch(
            warning ->
                warning.startsWith("how much storage of orders-db is in use is not known")
                    && warning.contains("AWS denied cloudwatch:GetMetricStatistics"));
  }

  @Test
  void discover_clustersDenied_carriesAnInstanceAllTheSame() {
    discovery.account.rds.denied.add("rds:DescribeDBClusters");

    assertThat(discover().plan().source().identifier()).isEqualTo("orders-db");
  }

  @Test
  void discover_freeStorageMovesALittle_planStaysTheSame() {
    discovery.account.rds.freeBytes = OptionalLong.of((9L << 30) - 1_000_000);
    Discovered first = discover();
    discovery.account.rds.freeBytes = OptionalLong.of((9L << 30) - 9_000_000);

    assertThat(discover().plan()).isEqualTo(first.plan());
  }

  @Test
  void discover_parametersAndAuthority_areFacts() {
    database.traits = traits(false, false, false, List.of());
    discovery.account.rds.parameters.put("rds.force_ssl", "1");
    discovery.account.rds.parameters.put("rds.logical_replication", "0");
    discovery.account.rds.authorities.put("ca-1", Instant.parse("2061-05-01T00:00:00Z"));

    Discovered discovered = discover();
    assertThat(discovered.facts())
        .containsExactly("forces TLS", "logical replication off", "CA ca-1 until 2061-05-01");
    assertThat(discovered.warnings()).isEmpty();
  }

  @Test
  void discover_authorityExpires_warns() {
    database.traits = traits(false, false, false, List.of());
    discovery.account.rds.authorities.put("ca-1", Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(discover().warnings())
        .containsExactly("the authority ca-1 of orders-db expires on 2026-12-01");

    discovery.account.rds.authorities.put("ca-1", Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(discover().warnings().get(0))
        .startsWith("the authority ca-1 of orders-db has expired on 2026-11-01: TLS verify-full");
  }

  @Test
  void discover_multiAzDualStackPublicAndPending_warnsOfEach() {
    database.traits = traits(true, true, true, List.of("EngineVersion"));

    assertThat(discover().warnings())
        .anyMatch(warning -> warning.startsWith("orders-db is Multi-AZ: a failover to eu-west-1b"))
        .anyMatch(warning -> warning.contains("(dual-stack): the host uses IPv4"))
        .anyMatch(warning -> warning.startsWith("orders-db is publicly accessible"))
        .anyMatch(warning -> warning.contains("wait for its maintenance window (EngineVersion)"));
  }

  @Test
  void discover_publicWithoutDnsHostnames_saysThatTheRuleDoesNotApply() {
    database.traits = traits(false, true, false, List.of());
    discovery.account.network.dnsHostnames = false;

    assertThat(discover().warnings())
        .anyMatch(warning -> warning.contains("where the stack's rule does not apply"));
  }

  @Test
  void discover_severalSecurityGroups_takesTheOneWithARuleForThePort() {
    database.groups = List.of("sg-1", "sg-2", "sg-3");
    TestGroups.open(discovery.account.network, "sg-2", 5432);
    TestGroups.open(discovery.account.network, "sg-3", 22);

    Discovered discovered = discover();
    assertThat(discovered.plan().source().securityGroupId()).isEqualTo("sg-2");
    assertThat(discovered.decisions())
        .contains(
            new Decision(
                "security group",
                "sg-2 (sg-2-name)",
                "the only one of 3 with a rule for port 5432, so it is there for the database's clients"));
  }

  @Test
  void discover_severalSecurityGroupsForClients_asksForOne() {
    database.groups = List.of("sg-1", "sg-2", "sg-3");
    TestGroups.open(discovery.account.network, "sg-1", 5432);
    TestGroups.open(discovery.account.network, "sg-2", 5432);

    MigrationException refused = refused(ErrorCode.BAD_ARGUMENT);
    assertThat(refused)
        .hasMessage(
            "choosing the security group: 2 of orders-db have a rule for port 5432, and the new rule goes to one\n  sg-1 (sg-1-name)\n  sg-2 (sg-2-name)");
    assertThat(refused.hints()).containsExactly("name one with --security-group");

    discovery.questions = TestQuestions.answering(1);
    assertThat(discovery.discover().plan().source().securityGroupId()).isEqualTo("sg-2");
    discovery.securityGroup = Optional.of("sg-3");
    assertThat(discovery.discover().plan().source().securityGroupId()).isEqualTo("sg-3");
    discovery.securityGroup = Optional.of("sg-9");
    assertThat(discovery.refused(ErrorCode.BAD_ARGUMENT))
        .hasMessageContaining("sg-9 is not one of orders-db, which has sg-1");
  }

  @Test
  void discover_securityGroupOfAnotherAccount_isRefused() {
    TestGroups.foreign(discovery.account.network, "sg-00000001");

    assertThat(refused(ErrorCode.AWS_UNSUPPORTED_SOURCE))
        .hasMessageContaining("belong to another account, which alone can add a rule");
  }

  @Test
  void discover_otherUserThanMaster_needsItsOwnSecret() {
    discovery.user = Optional.of("migrator");

    Source source = discover().plan().source();
    assertThat(source.address().user()).isEqualTo("migrator");
    assertThat(source.managedSecretArn()).isEmpty();
  }

  private static DatabaseTraits traits(
      boolean multiAz, boolean open, boolean dualStack, List<String> pending) {
    return new DatabaseTraits(
        multiAz,
        multiAz ? "eu-west-1b" : null,
        open,
        dualStack,
        "group",
        false,
        "ca-1",
        null,
        pending);
  }
}
