package dev.tsferry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedSubnetTest {
  private static final HostSoftware MIRRORS =
      new HostSoftware(null, "https://mirror.test/ubuntu", null, "https://mirror.test/rds.pem");

  @Test
  void parse_closedSubnetWithNothing_listsAllThatMustBeThere() {
    MigrationException refused =
        catchThrowableOfType(
            MigrationException.class,
            () ->
                PlanFile.parse(
                    text(new HostNetwork(List.of("ssm"), null, null, null), true, null), "plan"));

    assertThat(refused.code()).isEqualTo(ErrorCode.PLAN_CONTRADICTORY);
    assertThat(refused.getMessage().lines().skip(1).map(String::strip))
        .extracting(line -> line.replaceFirst("^([^:]*: [a-z0-9]*)[ ,].*$", "$1"))
        .containsExactly(
            "$.host.network.vpcEndpoints: ssmmessages",
            "$.host.network.vpcEndpoints: s3",
            "$.host.network.vpcEndpoints: secretsmanager",
            "$.host.publicAddress: true",
            "$.host.network.targetRanges: missing",
            "$.host.software.ubuntuMirror: missing",
            "$.host.software.rdsBundle: missing");
  }

  @Test
  void parse_closedSubnetWithEverything_isAccepted() {
    HostNetwork network =
        new HostNetwork(HostNetwork.NEEDED_ENDPOINTS, List.of("10.40.0.0/16"), null, null);

    MigrationPlan plan = PlanFile.parse(text(network, false, MIRRORS), "plan");

    assertThat(plan.host().outbound().closed()).isTrue();
  }

  @Test
  void parse_proxyWithAPassword_isRefused() {
    String text =
        PlanFile.text(SamplePlan.plan()).replace("http://proxy.test", "http://me:pw@proxy.test");

    assertThat(catchThrowableOfType(MigrationException.class, () -> PlanFile.parse(text, "plan")))
        .hasMessageContaining("$.host.software.proxy");
  }

  @Test
  void parse_planWithoutTheNewFields_hasTheirDefaults() {
    String text = text(null, true, null);
    Host host = PlanFile.parse(text.replaceFirst(",\\s*\"timeToLiveHours\" : 72", ""), "p").host();

    assertThat(host.timeToLiveHours()).isEqualTo(Host.DEFAULT_TIME_TO_LIVE_HOURS);
    assertThat(host.outbound()).isEqualTo(HostNetwork.OPEN);
    assertThat(host.supply()).isEqualTo(HostSoftware.FROM_THE_INTERNET);
    assertThat(host.secretsKey()).isEmpty();
  }

  private static String text(HostNetwork network, boolean publicAddress, HostSoftware software) {
    MigrationPlan plan = SamplePlan.plan();
    Host host = plan.host();
    Host other =
        new Host(
            host.subnetId(),
            host.availabilityZone(),
            publicAddress,
            host.instanceType(),
            host.architecture(),
            host.amiId(),
            host.ubuntu(),
            host.rootVolume(),
            host.dataVolume(),
            0,
            null,
            network,
            software);
    return PlanFile.text(
        new MigrationPlan(
            plan.version(),
            plan.name(),
            plan.account(),
            plan.region(),
            plan.source(),
            other,
            plan.target(),
            plan.pipeline()));
  }
}
