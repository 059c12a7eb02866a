package dev.tsferry.cli.discovery;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.report.Support;

/** What a plan's reader should know before anything is created, told by the plan alone. */
final class PlanWarnings {
  // Of the target's guide: ask support first.
  private static final long SUPPORT_BYTES = 400_000_000_000L;
  private static final long LARGE_BYTES = 100_000_000_000L;

  private PlanWarnings() {}

  static void add(Source source, Findings findings) {
    if (source.sizeBytes() > SUPPORT_BYTES) {
      findings.warn(
          "the source holds more than 400 GB: arrange it with the target's support (%s, %s), then say so with --acknowledge-size or $.pipeline.acknowledgeSize"
              .formatted(Support.CONSOLE, Support.EMAIL));
    } else if (source.sizeBytes() > LARGE_BYTES) {
      findings.warn("the source holds more than 100 GB: expect hours of downtime");
    }
    TlsMode mode = source.address().tls().mode();
    if (mode == TlsMode.DISABLE) {
      findings.warn("the connection to the source is not encrypted (TLS disable)");
    } else if (mode == TlsMode.REQUIRE) {
      findings.warn(
          "the source's certificate is not verified: give its authority with --source-ca");
    }
    if (source.managedSecretArn().isEmpty()) {
      findings.warn(
          "AWS does not manage the password of %s: fill it in with \"tsferry secret set source\" after \"tsferry up\""
              .formatted(source.address().user()));
    }
  }
}
