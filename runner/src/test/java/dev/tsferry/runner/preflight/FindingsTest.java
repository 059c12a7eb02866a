package dev.tsferry.runner.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.preflight.EncodingChecks.Locale;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final long GB = 1_000_000_000L;
  private final Findings findings = new Findings();

  @Test
  void throwIfAny_warningsAlone_goOn() {
    findings.warning("size", "source", "large", "");
    assertThatCode(findings::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void throwIfAny_severalErrors_tellsAll_withTheFirstOnesCode() {
    findings.error(
        "a", ErrorCode.TARGET_NOT_EMPTY, "target", "the target is not empty", "empty it");
    findings.error(
        "source",
        new MigrationException(ErrorCode.SOURCE_LOGIN_FAILED, "connecting: refused", "check it"));
    assertThatThrownBy(findings::throwIfAny)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
              assertThat(e.hints()).containsExactly("empty it", "check it");
            })
        .hasMessage(
            "preflight found 2 problems:\n  the target is not empty\n  source: connecting: refused");
  }

  @Test
  void size_above400Gb_needsAcknowledgement() {
    SizeChecks.judge(500 * GB, false, findings);
    assertThat(codes(Severity.ERROR)).containsExactly("size-not-acknowledged");
  }

  @Test
  void size_above400GbAcknowledged_isWarnedOf() {
    SizeChecks.judge(500 * GB, true, findings);
    assertThat(codes(Severity.ERROR)).isEmpty();
    assertThat(codes(Severity.WARNING)).containsExactly("size");
  }

  @Test
  void size_above100Gb_isWarnedOf() {
    SizeChecks.judge(101 * GB, false, findings);
    assertThat(codes(Severity.WARNING)).containsExactly("size");
    assertThat(findings.of(Severity.WARNING).get(0).remedy())
        .contains("--rehearsal")
        .contains("docs/out-of-scope.md");
  }

  @Test
  void room_tooSmallForTheDump_isAnError_unknownIsNot() {
    SizeChecks.judgeRoom("the dump takes", 10 * GB, OptionalLong.empty(), findings);
    SizeChecks.judgeRoom("the dump takes", 10 * GB, OptionalLong.of(11 * GB), findings);
    assertThat(findings.all()).isEmpty();
    SizeChecks.judgeRoom("the dump takes", 10 * GB, OptionalLong.of(9 * GB), findings);
    assertThat(findings.all()).extracting(Finding::error).containsExactly(ErrorCode.DISK_FULL);
  }

  @Test
  void size_above400GB_namesWhereToAsk() {
    SizeChecks.judge(401 * GB, false, findings);
    assertThat(findings.of(Severity.ERROR))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.remedy())
                    .contains("https://console.cloud.timescale.com/dashboard/support")
                    .contains("support@timescale.com")
                    .contains("--acknowledge-size"));
  }

  @Test
  void machine_smallerThanTheGuideAsks_isWarnedOf() {
    MachineChecks.judge(2, 8 * GB, findings);
    assertThat(codes(Severity.WARNING)).isEmpty();
    MachineChecks.judge(1, 8 * GB, findings);
    MachineChecks.judge(2, 4 * GB, findings);
    assertThat(codes(Severity.WARNING)).containsExactly("machine", "machine");
  }

  @Test
  void encodings_thatDiffer_areWarnedOf() {
    EncodingChecks.judge(
        new Locale("LATIN1", "libc", "C", ""), new Locale("UTF8", "libc", "C", ""), findings);
    EncodingChecks.judge(
        new Locale("SQL_ASCII", "libc", "C", ""), new Locale("UTF8", "libc", "C", ""), findings);
    assertThat(codes(Severity.WARNING)).containsExactly("encoding", "encoding-unknown");
  }

  @Test
  void collations_ofAnotherProviderOrVersion_areTold() {
    Locale glibc = new Locale("UTF8", "libc", "en_US.UTF-8", "2.31");
    EncodingChecks.judge(glibc, new Locale("UTF8", "ICU", "en-US", "153"), findings);
    EncodingChecks.judge(glibc, new Locale("UTF8", "libc", "en_US.UTF-8", "2.36"), findings);
    assertThat(codes(Severity.WARNING)).containsExactly("collation");
    assertThat(codes(Severity.INFO)).containsExactly("collation-version");
  }

  @Test
  void unqualified_namesInCommentsTextsAndAfterADot_areNotMeant() {
    Set<String> objects = Set.of("orders", "total");
    assertThat(SearchPathChecks.unqualified("select * from Orders", objects))
        .containsExactly("orders");
    assertThat(
            SearchPathChecks.unqualified(
                "select 'orders' /* orders */ from shop.orders -- orders", objects))
        .isEmpty();
    assertThat(SearchPathChecks.unqualified("return total(1)", objects)).containsExactly("total");
    assertThat(SearchPathChecks.unqualified("return subtotal(1)", objects)).isEmpty();
  }

  private List<String> codes(Severity severity) {
    return findings.of(severity).stream().map(Finding::code).toList();
  }
}
