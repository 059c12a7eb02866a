package dev.tsferry.runner.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.ClientPrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClientChecksTest {
  private final Findings findings = new Findings();

  @Test
  void check_clientBetweenSourceAndTarget_isGood() {
    ClientChecks.check(150018, 170011, programs(16, 16), findings);
    assertThatCode(findings::throwIfAny).doesNotThrowAnyException();
    assertThat(findings.warnings()).isEmpty();
  }

  @Test
  void check_knownHoles_areWarnedOf() {
    ClientChecks.check(150018, 170011, programs(15, 18), findings);
    assertThat(findings.warnings())
        .containsExactly(
            "PostgreSQL's client programs are version 15.18, which has known holes; 15.20 and later have not");
  }

  @Test
  void check_sourceNewerThanClientAndTarget_bothAreNamed() {
    ClientChecks.check(170011, 160016, programs(15, 20), findings);
    assertThatThrownBy(findings::throwIfAny)
        .hasMessage(
            """
            preflight found 2 problems:
              the target is PostgreSQL 16, older than the source's 17
              pg_dump 15 is older than the source's PostgreSQL 17, which it refuses to dump\
            """);
  }

  @Test
  void check_clientNewerThanTarget_isRefused() {
    ClientChecks.check(150018, 160016, programs(17, 12), findings);
    assertThatThrownBy(findings::throwIfAny)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNSUITABLE))
        .hasMessage(
            "pg_dump 17 is newer than the target's PostgreSQL 16, which may not take its dumps");
  }

  @Test
  void versions_ofTimescaledb_areCompared() {
    assertThat(HypertableChecks.atLeast("2.16.0", 2, 16)).isTrue();
    assertThat(HypertableChecks.atLeast("2.9.3", 2, 16)).isFalse();
    assertThat(HypertableChecks.atLeast("3.0.0-dev", 2, 16)).isTrue();
  }

  @Test
  void sizes_areReadable() {
    assertThat(ByteSizes.text(512)).isEqualTo("512 bytes");
    assertThat(ByteSizes.text(734003200)).isEqualTo("700.0 MiB");
  }

  private static ClientPrograms programs(int major, int minor) {
    return new ClientPrograms(Path.of("/bin"), major, minor);
  }
}
