package dev.tsferry.runner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimescaleVersionChecksTest {
  private static final TimescaleExtension OLD = extension("2.19.2");
  private static final TimescaleExtension NEW = extension("2.19.3");

  @Test
  void remedies_targetNewer_updatesTheSourceOrReinstallsOnTheTarget() {
    assertThat(TimescaleVersionChecks.remedies(OLD, Optional.of(NEW), true))
        .hasSize(2)
        .satisfies(
            remedies -> {
              assertThat(remedies.get(0))
                  .contains("psql -X SOURCE -c \"alter extension timescaledb update to '2.19.3'\"");
              assertThat(remedies.get(1))
                  .contains("drop extension timescaledb; create extension timescaledb")
                  .contains("version '2.19.2'");
            });
  }

  @Test
  void remedies_targetOlder_updatesTheTarget() {
    assertThat(TimescaleVersionChecks.remedies(NEW, Optional.of(OLD), true).get(0))
        .isEqualTo(
            "update the target: psql -X TARGET -c \"alter extension timescaledb update to '2.19.3'\"");
  }

  @Test
  void remedies_versionThatTheTargetDoesNotOffer_isAskedOfSupport() {
    assertThat(TimescaleVersionChecks.remedies(NEW, Optional.of(OLD), false))
        .containsExactly("or ask the target's support for TimescaleDB 2.19.3");
  }

  @Test
  void lowest_versionOlderThanServicesHave_saysWhereTheyBegin() {
    assertThat(TimescaleVersionChecks.lowest("2.8.1", 15))
        .isEqualTo("; on PostgreSQL 15 services begin at 2.9.0");
    assertThat(TimescaleVersionChecks.lowest("2.9.0", 15)).isEmpty();
    assertThat(TimescaleVersionChecks.lowest("2.8.1", 17)).isEmpty();
    assertThat(TimescaleVersionChecks.lowest("1.7.4", 12)).endsWith("1.7.5");
    assertThat(TimescaleVersionChecks.lowest("2.0.0", 13)).endsWith("2.1.0");
    assertThat(TimescaleVersionChecks.lowest("2.4.0", 14)).endsWith("2.5.0");
  }

  private static TimescaleExtension extension(String version) {
    return new TimescaleExtension(version, "public", true);
  }
}
