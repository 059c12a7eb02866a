package dev.tsferry.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.CommandFactory;
import dev.tsferry.cli.aws.SdkAwsAccount;
import dev.tsferry.cli.command.CommandContext;
import dev.tsferry.cli.console.ShutdownInterrupts;
import dev.tsferry.cli.console.SystemPrompt;
import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.time.SystemPacer;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;

/** {@code tsferry plan} through the SDK, against accounts with awkward networks and databases. */
@NotOnLocalStack
@InEmulatedAccount
@TestInstance(Lifecycle.PER_CLASS)
class PlanIT {
  private static final List<String> PROPERTIES =
      List.of("aws.endpointUrl", "aws.accessKeyId", "aws.secretAccessKey");

  @TempDir Path directory;
  private TestAccount account;
  private List<String> target = List.of();

  @BeforeAll
  void enterTheAccount(TestAccount shared) {
    account = shared;
    System.setProperty("aws.endpointUrl", account.aws().endpoint().toString());
    System.setProperty("aws.accessKeyId", account.aws().accessKey());
    System.setProperty("aws.secretAccessKey", account.aws().secretKey());
  }

  @AfterAll
  void leaveTheAccount() {
    PROPERTIES.forEach(System::clearProperty);
  }

  private record Outcome(int code, String out, String err) {}

  private Outcome plan(String... arguments) {
    target = List.of("34.1.2.3");
    return run(arguments);
  }

  private Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandContext context =
        new CommandContext(
            region -> SdkAwsAccount.open(region, Map.of()),
            new SystemPrompt(InputStream.nullInputStream(), false, false),
            new ShutdownInterrupts(),
            new SystemPacer(),
            new TerminalTraits(false, 80),
            (command, variables, output) -> 1,
            directory,
            host -> target,
            Map.of());
    CommandLine commandLine = CommandFactory.commandLine(context);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of("plan"));
    words.addAll(List.of("--region=" + EmulatedAws.REGION, "--plan=" + file(), "--force"));
    words.addAll(List.of("--target-host=t.example", "--target-port=31000"));
    words.addAll(List.of(arguments));
    int code = commandLine.execute(words.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private Path file() {
    return directory.resolve("migration.json");
  }

  private MigrationPlan planned(Outcome outcome) {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return PlanFile.read(file());
  }

  @Test
  void plan_twoZonesWithNats_placesTheHostByTheWriter_andTwiceTheSame() throws Exception {
    TestNetwork network = new TestNetwork(account);
    String publicB = network.subnet("b", 1);
    String privateB = network.subnet("b", 2);
    String privateA = network.subnet("a", 3);
    network.toInternet(network.table(publicB));
    String table = network.table(privateA, privateB);
    String nat = network.toNat(table, publicB, ConnectivityType.PUBLIC);
    network.database("two-zones", network.group("two-zones"));

    Outcome outcome = plan("--rds=two-zones");
    MigrationPlan plan = planned(outcome);
    assertThat(plan.host().subnetId()).isEqualTo(privateA);
    assertThat(plan.host().publicAddress()).isFalse();
    assertThat(plan.source().sizeBytes()).isEqualTo(3L << 30);
    assertThat(outcome.out().replaceAll("\\s+", " "))
        .contains("forces TLS, logical replication off, CA rds-ca-rsa2048-g1 until 2061-05-22")
        .contains("the database's zone; its way out is the NAT gateway " + nat)
        .doesNotContain("warning");
    String first = Files.readString(file());
    assertThat(planned(plan("--rds=two-zones"))).isEqualTo(plan);
    assertThat(Files.readString(file())).isEqualTo(first);
    assertThat(run("--rds=two-zones", "--update").out()).contains("is up to date");
  }

  @Test
  void plan_noRouteAtAll_saysOfEachSubnetWhy() {
    TestNetwork network = new TestNetwork(account);
    String a = network.subnet("a", 1);
    String b = network.subnet("b", 2);
    network.toNat(network.table(b), b, ConnectivityType.PRIVATE);
    network.database("no-route", network.group("no-route"));

    Outcome outcome = plan("--rds=no-route");
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.err())
        .contains("none of the 2 subnets of the source's VPC %s will do".formatted(network.vpc()))
        .contains("%s (a-1, us-east-1a): it has no route out".formatted(a))
        .contains("%s (b-2, us-east-1b): its default route leads to nat-".formatted(b))
        .contains("a private NAT gateway without a way to the internet")
        .contains("hint: add a subnet with a NAT gateway");
  }

  @Test
  void plan_mainRouteTableOnly_takesAPublicAddress() {
    TestNetwork network = new TestNetwork(account);
    String a = network.subnet("a", 1);
    network.toInternet(network.mainTable());
    network.database("main-only", network.group("main-only"));

    MigrationPlan plan = planned(plan("--rds=main-only"));
    assertThat(plan.host().subnetId()).isEqualTo(a);
    assertThat(plan.host().publicAddress()).isTrue();
  }

  @Test
  void plan_wayOutInTheOtherZoneOnly_goesThereAndWarns() {
    TestNetwork network = new TestNetwork(account);
    network.subnet("a", 1);
    String b = network.subnet("b", 2);
    network.toInternet(network.table(b));
    network.database("other-zone", network.group("other-zone"));

    Outcome outcome = plan("--rds=other-zone");
    assertThat(planned(outcome).host().subnetId()).isEqualTo(b);
    assertThat(outcome.out()).contains("warning: the host goes to us-east-1b and the source runs");
  }

  @Test
  void plan_privateSubnetsWithEndpoints_needARouteToTheTarget() {
    TestNetwork network = new TestNetwork(account);
    String a = network.subnet("a", 1);
    network.database("endpoints", network.group("endpoints"));
    String group = network.group("vpc-endpoints", 443);
    network.interfaceEndpoints(a, group, "ssm", "ssmmessages");

    assertThat(plan("--rds=endpoints").err())
        .contains("it has no route out (0.0.0.0/0), nor endpoints for s3, secretsmanager");
    network.interfaceEndpoints(a, group, "secretsmanager");
    network.gatewayEndpoint("s3", network.mainTable());
    assertThat(plan("--rds=endpoints").err()).contains("no route leads to the target t.example");

    network.toPeer(network.mainTable(), "172.25.0.0/16");
    target = List.of("172.25.3.4");
    assertThat(run("--rds=endpoints").err()).contains("--ubuntu-mirror").contains("--rds-bundle");
    Outcome peered =
        run(
            "--rds=endpoints",
            "--ubuntu-mirror=http://10.60.1.9/ubuntu",
            "--rds-bundle=http://10.60.1.9/rds.pem");
    assertThat(planned(peered).host().subnetId()).isEqualTo(a);
    assertThat(planned(peered).host().publicAddress()).isFalse();
    assertThat(planned(peered).host().outbound().targetRanges()).containsExactly("172.25.0.0/16");
  }

  @Test
  void plan_sharedSubnets_areTakenWithTheOwnersName() {
    TestNetwork network = new TestNetwork(account);
    String a = network.subnet("a", 1);
    network.toInternet(network.mainTable());
    network.tag(a, "lab:owner", "999999999999");
    network.database("shared", network.group("shared"));

    Outcome outcome = plan("--rds=shared");
    assertThat(planned(outcome).host().subnetId()).isEqualTo(a);
    assertThat(outcome.out()).contains("is shared by account 999999999999");
  }

  @Test
  void plan_threeSecurityGroups_takesTheOneForClientsOrAsks() {
    TestNetwork network = new TestNetwork(account);
    network.subnet("a", 1);
    network.toInternet(network.mainTable());
    String plain = network.group("plain");
    String clients = network.group("clients", 5432);
    String admins = network.group("admins", 22);
    network.database("three-groups", plain, clients, admins);

    assertThat(planned(plan("--rds=three-groups")).source().securityGroupId()).isEqualTo(clients);
    network.database("two-for-clients", plain, clients, network.group("more-clients", 5432));
    Outcome outcome = plan("--rds=two-for-clients");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("2 of two-for-clients have a rule for port 5432")
        .contains(clients + " (clients)")
        .contains("hint: name one with --security-group");
    assertThat(planned(plan("--rds=two-for-clients", "--security-group=" + plain)).source())
        .extracting("securityGroupId")
        .isEqualTo(plain);
  }

  @Test
  void plan_auroraCluster_followsItsWriter() throws Exception {
    TestNetwork network = new TestNetwork(account);
    network.subnet("a", 1);
    String b = network.subnet("b", 2);
    network.toInternet(network.mainTable());
    network.cluster("aurora-shop", "aurora-postgresql", network.group("aurora-shop"));

    Outcome outcome = plan("--rds=aurora-shop", "--json");
    MigrationPlan plan = planned(outcome);
    assertThat(plan.source().address().host()).contains("aurora-shop.cluster-");
    assertThat(plan.source().address().database()).isEqualTo("shop");
    assertThat(plan.source().sizeBytes()).isEqualTo(3L << 30);
    assertThat(plan.host().subnetId()).isEqualTo(b);
    JsonNode document = new ObjectMapper().readTree(outcome.out());
    assertThat(document.get("plan").get("source").get("kind").textValue()).isEqualTo("aurora");
    assertThat(planned(plan("--rds=aurora-shop-1"))).isEqualTo(plan);
  }

  @Test
  void plan_auroraMysql_isRefused() {
    TestNetwork network = new TestNetwork(account);
    network.subnet("a", 1);
    network.cluster("aurora-other", "aurora-mysql", network.group("aurora-other"));

    Outcome outcome = plan("--rds=aurora-other");
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.err()).contains("its engine is aurora-mysql (Aurora MySQL)");
  }

  @Test
  void plan_selfHostedServer_isFoundByItsAddress() {
    TestNetwork network = new TestNetwork(account);
    String a = network.subnet("a", 1);
    network.toInternet(network.mainTable());
    String group = network.group("timescale", 5432);
    account
        .ec2()
        .createNetworkInterface(
            r -> r.subnetId(a).privateIpAddress("10.60.1.77").groups(group).description("ts"));

    Outcome outcome =
        plan(
            "--data-mode=dump",
            "--source=10.60.1.77:5432/metrics",
            "--source-kind=timescaledb",
            "--source-version=15.18",
            "--source-size=40GiB");
    MigrationPlan plan = planned(outcome);
    assertThat(plan.source().vpcId()).isEqualTo(network.vpc());
    assertThat(plan.source().securityGroupId()).isEqualTo(group);
    assertThat(plan.source().availabilityZone()).isEqualTo("us-east-1a");
    assertThat(plan.host().dataVolume().sizeGib()).isEqualTo(58);
  }

  @Test
  void plan_dryRun_writesNothing() {
    TestNetwork network = new TestNetwork(account);
    network.subnet("a", 1);
    network.toInternet(network.mainTable());
    network.database("dry", network.group("dry"));

    assertThat(plan("--rds=dry", "--dry-run").code()).isZero();
    assertThat(file()).doesNotExist();
  }
}
