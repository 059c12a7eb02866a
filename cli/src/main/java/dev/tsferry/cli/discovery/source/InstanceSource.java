package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Optional;
import java.util.OptionalLong;

/** An RDS instance as a source. */
public final class InstanceSource {
  private static final long GIB = 1L << 30;

  private final StorageMetrics storage;
  private final ServerFacts serverFacts;

  public InstanceSource(StorageMetrics storage, ServerFacts serverFacts) {
    this.storage = requireNonNull(storage, "storage is null");
    this.serverFacts = requireNonNull(serverFacts, "serverFacts is null");
  }

  /** Looks at {@code instance}, and says what stands in the way of carrying it. */
  Optional<SourceDatabase> carry(DatabaseInstance instance, Findings findings) {
    if (!Engine.check(instance.identifier(), instance.engine(), findings)) {
      return Optional.empty();
    }
    DatabaseStatus.check("db-instance", instance.identifier(), instance.status(), findings);
    refuseReplica(instance, findings);
    if (instance.traits().multiAz()) {
      findings.warn(
          "%s is Multi-AZ: a failover%s ends the run's connections; \"tsferry run\" then takes the run up again"
              .formatted(
                  instance.identifier(),
                  instance.traits().standbyZone() == null
                      ? ""
                      : " to " + instance.traits().standbyZone()));
    }
    return Optional.of(
        new SourceDatabase(
            SourceKind.RDS,
            instance.identifier(),
            instance.engineVersion(),
            instance.endpoint(),
            instance.login(),
            instance.placement(),
            instance.traits(),
            size(instance.identifier(), instance.identifier(), instance.allocatedGib(), findings),
            serverFacts.of(instance.identifier(), instance.traits(), false, findings)));
  }

  // A replica cannot lock its tables against writes, so nothing could be proven about a quiet
  // source.
  private static void refuseReplica(DatabaseInstance instance, Findings findings) {
    if (instance.replicaOf() == null) {
      return;
    }
    String primary = instance.replicaOf();
    findings.problem(
        ErrorCode.AWS_UNSUPPORTED_SOURCE,
        "planning to carry %s: it is a read replica of %s: a dump of a replica can be cancelled at any time by what the primary does, and its tables cannot be locked against writes"
            .formatted(instance.identifier(), primary),
        primary.startsWith("arn:")
            ? "plan with --rds %s%s".formatted(name(primary), regionOf(primary))
            : "plan with --rds %s, or promote the replica".formatted(primary));
  }

  // A replica of another region names its source by ARN.
  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static String regionOf(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 3 ? " --region " + parts[3] : "";
  }

  /**
   * What is allocated less what is free.
   *
   * @param instance whose metric is asked
   */
  OptionalLong size(String identifier, String instance, int allocatedGib, Findings findings) {
    OptionalLong free =
        findings
            .want(
                "how much storage of %s is in use is not known".formatted(identifier),
                () -> storage.freeBytes(instance))
            .orElse(OptionalLong.empty());
    long allocated = allocatedGib * GIB;
    if (free.isPresent()) {
      return OptionalLong.of(SourceDatabase.wholeGib(allocated - free.getAsLong()));
    }
    findings.warn(
        "the host is sized for all %d GiB that %s has allocated, since CloudWatch has no recent FreeStorageSpace of it"
            .formatted(allocatedGib, identifier));
    return OptionalLong.of(allocated);
  }
}
