package dev.tsferry.cli.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.discovery.host.HostSize;
import dev.tsferry.cli.fake.Databases;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plan as a whole. */
class PlanDiscoveryTest {
  private final TestDiscovery discovery = new TestDiscovery();

  @Test
  void discover_twice_isTheSameToTheByteInWhateverOrderAwsAnswers() {
    String first = PlanFile.text(discovery.discover().plan());
    Collections.reverse(discovery.account.network.subnets);
    Collections.reverse(discovery.account.network.routeTables);

    assertThat(PlanFile.text(discovery.discover().plan())).isEqualTo(first);
  }

  @Test
  void discover_noImage_isRefused() {
    discovery.account.image = Optional.empty();

    assertThat(discovery.refused(ErrorCode.AWS_NOT_FOUND))
        .hasMessage(
            "looking up the image of Ubuntu 24.04 for amd64: Canonical publishes none in eu-west-1");
  }

  @Test
  void discover_longIdentifier_isShortenedToAName() {
    Databases database = new Databases();
    database.identifier = "orders-database-of-the-whole-company-in----europe";
    discovery.account.rds.put(database);
    discovery.rds = Optional.of(database.identifier);

    assertThat(discovery.discover().plan().name())
        .isEqualTo("orders-database-of-the-whole-company-in");
    discovery.name = Optional.of("other");
    assertThat(discovery.discover().plan().name()).isEqualTo("other");
  }

  @Test
  void discover_oldServer_takesTheOldestClientThatIsPackaged() {
    Databases database = new Databases();
    database.engineVersion = "11.22";
    discovery.account.rds.put(database);

    Discovered discovered = discovery.discover();
    assertThat(discovered.plan().pipeline().clientMajor()).isEqualTo(14);
    assertThat(discovered.decisions())
        .anyMatch(
            decision ->
                decision.why().equals("the oldest that is packaged; it reads a source of 11"));
  }

  @Test
  void discover_unmanagedPassword_warns() {
    Databases database = new Databases();
    database.secret = null;
    discovery.account.rds.put(database);

    assertThat(discovery.discover().warnings())
        .containsExactly(
            "AWS does not manage the password of postgres: fill it in with \"tsferry secret set source\" after \"tsferry up\"");
  }

  @Test
  void hostSize_growsWithTheData() {
    assertThat(HostSize.of(0, Architecture.X86_64, 1).dataVolume().sizeGib()).isEqualTo(20);
    assertThat(HostSize.of(300L << 30, Architecture.X86_64, 1).instanceTypes())
        .startsWith("m7i.xlarge");
    HostSize large = HostSize.of(2000L << 30, Architecture.ARM64, 1);
    assertThat(large.instanceTypes()).startsWith("m7g.2xlarge");
    assertThat(large.dataVolume().sizeGib()).isEqualTo(2410);
    assertThat(large.dataVolume().throughputMibps())
        .isLessThanOrEqualTo(large.dataVolume().iops() / 4);
  }

  @Test
  void hostSize_growsWithTheJobs() {
    assertThat(HostSize.of(50L << 30, Architecture.X86_64, 8).instanceTypes())
        .startsWith("m7i.2xlarge");
    assertThat(HostSize.of(50L << 30, Architecture.X86_64, 2).dataVolume().sizeGib())
        .isEqualTo(130);
    discovery.jobs = 4;
    assertThat(discovery.discover().decisions())
        .anyMatch(
            decision ->
                decision.why().startsWith("4 vCPU and 16 GiB, for 12 GiB of data and 4 jobs"));
  }
}
