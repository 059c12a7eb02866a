package dev.tsferry.runner.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.ClientPrograms;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionChecksTest {
  private final Findings findings = new Findings();

  @Test
  void check_clientBetweenSourceAndTarget_isGood() {
    check(150018, 170011, programs(16, 16));
    assertThatCode(findings::throwIfAny).doesNotThrowAnyException();
    assertThat(findings.of(Severity.WARNING)).isEmpty();
    assertThat(findings.of(Severity.INFO))
        .filteredOn(finding -> finding.code().equals("client-programs"))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.cause())
                    .startsWith("psql, pg_dump, pg_dumpall and pg_restore 16.16 in "));
  }

  @Test
  void check_knownHoles_areWarnedOf() {
    check(150018, 170011, programs(15, 18));
    assertThat(findings.of(Severity.WARNING))
        .extracting(Finding::cause)
        .containsExactly(
            "PostgreSQL's client programs are version 15.18, which has known holes; 15.20 and later have not");
  }

  @Test
  void check_sourceNewerThanClientAndTarget_bothAreNamed() {
    check(170011, 160016, programs(15, 20));
    assertThatThrownBy(findings::throwIfAny)
        .hasMessage(
            """
            preflight found 2 problems:
              the target is PostgreSQL 16, older than the source's 17, which is the oldest that takes its dump
              pg_dump 15 is older than the source's PostgreSQL 17, which it refuses to dump\
            """);
  }

  @Test
  void check_clientNewerThanTarget_isRefused() {
    check(150018, 160016, programs(17, 12));
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

  @Test
  void check_sourceOlderThanAnythingKnown_isRefused() {
    check(100023, 170011, programs(17, 12));
    assertThatThrownBy(findings::throwIfAny)
        .hasMessage("source: it is PostgreSQL 10; 11 is the oldest that can be carried");
  }

  @Test
  void check_targetOfABrokenMinor_isWarnedOf() {
    check(150018, 170001, programs(17, 12));
    assertThat(findings.of(Severity.WARNING))
        .extracting(Finding::code)
        .containsExactly("target-minor");
  }

  private void check(int source, int target, ClientPrograms programs) {
    VersionChecks checks = new VersionChecks(source, target, findings);
    checks.servers();
    checks.programs(Optional.of(programs));
  }

  private static ClientPrograms programs(int major, int minor) {
    return new ClientPrograms(Path.of("/bin"), major, minor);
  }
}
