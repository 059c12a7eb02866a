package dev.tsferry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.Hypertable.Columnstore;
import dev.tsferry.plan.Hypertable.Dimension;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HypertableOptionsTest {
  private static final Hypertable FULL =
      new Hypertable(
          new TableName("public", "metrics"),
          "time",
          "7 days",
          List.of(new Dimension("device", 4, null), new Dimension("batch", null, "1000")),
          new TableName("public", "now"),
          true,
          new Columnstore("14 days", List.of("device"), "time desc"),
          "2 years");

  @Test
  void parse_everyOption_isReadAsItWasWritten() {
    MigrationPlan plan = with(FULL, SourceKind.RDS, true);
    assertThat(PlanFile.parse(PlanFile.text(plan), "plan")).isEqualTo(plan);
  }

  @Test
  void text_noOption_hasNoneOfTheFields() {
    assertThat(
            PlanFile.text(
                with(new Hypertable(new TableName("a", "b"), "c", null), SourceKind.RDS, false)))
        .doesNotContain("dimensions", "convert", "columnstore", "retention", "moveTarget");
  }

  @Test
  void parse_dimensionTwice_isRefused() {
    Hypertable twice =
        new Hypertable(
            new TableName("a", "b"),
            "c",
            null,
            List.of(new Dimension("c", 4, null)),
            null,
            false,
            null,
            null);
    assertThatThrownBy(
            () -> PlanFile.parse(PlanFile.text(with(twice, SourceKind.RDS, false)), "plan"))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("$.pipeline.hypertables[0].dimensions[0].column: c stands twice");
  }

  @Test
  void parse_dimensionOfBothKinds_isRefused() {
    Hypertable both =
        new Hypertable(
            new TableName("a", "b"),
            "c",
            null,
            List.of(new Dimension("d", 4, "1 day")),
            null,
            false,
            null,
            null);
    assertThatThrownBy(
            () -> PlanFile.parse(PlanFile.text(with(both, SourceKind.RDS, false)), "plan"))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("$.pipeline.hypertables[0].dimensions[0]");
  }

  @Test
  void parse_hypertablesOfATimescaleSource_areRefused() {
    assertThatThrownBy(
            () -> PlanFile.parse(PlanFile.text(with(FULL, SourceKind.TIMESCALEDB, false)), "plan"))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("$.pipeline.hypertables: must be empty");
  }

  private static MigrationPlan with(Hypertable hypertable, SourceKind kind, boolean move) {
    MigrationPlan plan = SamplePlan.plan();
    Source source = plan.source();
    Pipeline pipeline = plan.pipeline();
    return new MigrationPlan(
        plan.version(),
        plan.name(),
        plan.account(),
        plan.region(),
        new Source(
            kind,
            source.identifier(),
            source.address(),
            source.secretArn(),
            source.secretKmsKeyArn(),
            source.engineVersion(),
            source.sizeBytes(),
            source.vpcId(),
            source.securityGroupId(),
            source.availabilityZone()),
        plan.host(),
        plan.target(),
        new Pipeline(
            pipeline.dataMode(),
            List.of(hypertable),
            pipeline.roles(),
            pipeline.verify(),
            pipeline.clientMajor(),
            pipeline.acknowledgeSize(),
            move));
  }
}
