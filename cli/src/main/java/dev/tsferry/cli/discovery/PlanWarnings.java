package dev.tsferry.cli.discovery;

import dev.tsferry.plan.Host;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.report.Support;
import java.util.List;

/** What a plan's reader should know before anything is created. */
final class PlanWarnings {
  // Of the target's guide: ask support first.
  private static final long SUPPORT_BYTES = 400_000_000_000L;
  private static final long LARGE_BYTES = 100_000_000_000L;

  private PlanWarnings() {}

  static void add(Source source, Host host, List<String> warnings) {
    if (source.sizeBytes() > SUPPORT_BYTES) {
      warnings.add(
          "the source holds more than 400 GB: arrange it with the target's support (%s, %s), then say so with --acknowledge-size or $.pipeline.acknowledgeSize"
              .formatted(Support.CONSOLE, Support.EMAIL));
    } else if (source.sizeBytes() > LARGE_BYTES) {
      warnings.add("the source holds more than 100 GB: expect hours of downtime");
    }
    if (!host.availabilityZone().equals(source.availabilityZone())) {
      warnings.add(
          "the host goes to %s and the source runs in %s, since no subnet there has a way out: traffic between zones is charged"
              .formatted(host.availabilityZone(), source.availabilityZone()));
    }
    if (source.managedSecretArn().isEmpty()) {
      warnings.add(
          "RDS does not manage the source's password: fill it in with \"tsferry secret set source\" after \"tsferry up\"");
    }
  }
}
