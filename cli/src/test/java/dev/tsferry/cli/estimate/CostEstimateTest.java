package dev.tsferry.cli.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tsferry.cli.discovery.host.HostSize;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.VerifyLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostEstimateTest {
  private static final long SIZE = 100L << 30;

  private static MigrationPlan plan(
      String region, String instanceType, String zone, boolean publicAddress) {
    DatabaseAddress address =
        new DatabaseAddress("h", 5432, "d", "u", new Tls(TlsMode.REQUIRE, null));
    HostSize size = HostSize.of(SIZE, Architecture.X86_64, 1);
    return new MigrationPlan(
        1,
        "orders",
        "123456789012",
        region,
        new Source(
            SourceKind.RDS, "i", address, "arn", null, "15.1", SIZE, "vpc-1", "sg-1", region + "a"),
        new Host(
            "subnet-1",
            zone,
            publicAddress,
            instanceType,
            Architecture.X86_64,
            "ami-1",
            "24.04",
            size.rootVolume(),
            size.dataVolume()),
        address,
        new Pipeline(DataMode.DUMP, List.of(), true, VerifyLevel.COUNTS, 15, false));
  }

  private static CostEstimate of(MigrationPlan plan) {
    return CostEstimate.of(plan, TimeEstimate.of(SIZE, DataMode.DUMP));
  }

  @Test
  void hourly_isInstanceVolumesAndSecret() {
    // 0.1008 + (20 + 130) GiB x 0.08 / 730 + 0.40 / 730
    assertThat(of(plan("us-east-1", "m7i.large", "us-east-1a", false)).hourly())
        .isCloseTo(0.1008 + 150 * 0.08 / 730 + 0.40 / 730, within(1e-9));
  }

  @Test
  void hourly_elsewhereAndWithAPublicAddress_isDearer() {
    double there = of(plan("us-east-1", "m7i.large", "us-east-1a", false)).hourly();

    assertThat(of(plan("sa-east-1", "m7i.large", "sa-east-1a", false)).hourly())
        .isGreaterThan(there * 1.5);
    assertThat(of(plan("us-east-1", "m7i.large", "us-east-1a", true)).hourly())
        .isCloseTo(there + 0.005, within(1e-9));
  }

  @Test
  void transfer_throughANatAndAnotherZone_isDearer() {
    double gb = SIZE / 1e9;
    assertThat(of(plan("us-east-1", "m7i.large", "us-east-1a", true)).transfer())
        .isCloseTo(gb * 0.09, within(1e-6));
    assertThat(of(plan("us-east-1", "m7i.large", "us-east-1b", false)).transfer())
        .isCloseTo(gb * (0.09 + 0.045 + 0.02), within(1e-6));
  }

  @Test
  void unknownTypeOrRegion_isSaid() {
    assertThat(of(plan("us-east-1", "x9.huge", "us-east-1a", true)).known()).isFalse();
    assertThat(of(plan("mx-central-1", "m7i.large", "mx-central-1a", true)).regionKnown())
        .isFalse();
  }
}
