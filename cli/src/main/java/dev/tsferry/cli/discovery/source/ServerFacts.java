package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Findings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What RDS knows of a server besides where it is: parameters that matter, its certificate, changes
 * that wait.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html">TLS
 *     with PostgreSQL on RDS</a>
 */
public final class ServerFacts {
  private static final String FORCE_SSL = "rds.force_ssl";
  private static final String LOGICAL_REPLICATION = "rds.logical_replication";
  private static final Duration SOON = Duration.ofDays(30);

  private final DatabaseDirectory databases;
  private final Clock clock;

  public ServerFacts(DatabaseDirectory databases, Clock clock) {
    this.databases = requireNonNull(databases, "databases is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A few words on each fact; what should be minded becomes a warning.
   *
   * @param cluster whether the parameter group is a cluster's
   */
  List<String> of(String identifier, DatabaseTraits traits, boolean cluster, Findings findings) {
    List<String> facts = new ArrayList<>();
    parameters(traits.parameterGroup(), cluster, facts, findings);
    authority(identifier, traits, facts, findings);
    if (traits.dualStack()) {
      findings.warn(
          "%s listens on IPv4 and IPv6 (dual-stack): the host uses IPv4".formatted(identifier));
    }
    if (!traits.pendingChanges().isEmpty()) {
      findings.warn(
          "changes of %s wait for its maintenance window (%s) and may restart it in the middle of a run: apply them before, or run outside of the window"
              .formatted(identifier, String.join(", ", traits.pendingChanges())));
    }
    if (traits.rebootPending()) {
      findings.warn("parameters of %s wait for a restart".formatted(identifier));
    }
    return facts;
  }

  private void parameters(String group, boolean cluster, List<String> facts, Findings findings) {
    if (group == null) {
      return;
    }
    Map<String, String> values =
        findings
            .want(
                "what the parameter group %s sets is not known".formatted(group),
                () -> databases.parameters(group, cluster, List.of(FORCE_SSL, LOGICAL_REPLICATION)))
            .orElse(Map.of());
    if (values.containsKey(FORCE_SSL)) {
      facts.add(on(values.get(FORCE_SSL)) ? "forces TLS" : "does not force TLS");
    }
    if (values.containsKey(LOGICAL_REPLICATION)) {
      facts.add("logical replication " + (on(values.get(LOGICAL_REPLICATION)) ? "on" : "off"));
    }
  }

  private static boolean on(String value) {
    return value.equals("1") || value.equals("on") || value.equals("true");
  }

  private void authority(
      String identifier, DatabaseTraits traits, List<String> facts, Findings findings) {
    if (traits.authority() == null) {
      return;
    }
    Optional<Instant> until =
        findings
            .want(
                "when the authority %s expires is not known".formatted(traits.authority()),
                () -> databases.authorityExpiry(traits.authority()))
            .flatMap(found -> found);
    facts.add("CA " + traits.authority() + until.map(end -> " until " + day(end)).orElse(""));
    until.ifPresent(end -> expiry(identifier, "authority " + traits.authority(), end, findings));
    if (traits.certificateExpiry() != null) {
      expiry(identifier, "certificate", traits.certificateExpiry(), findings);
    }
  }

  private void expiry(String identifier, String what, Instant end, Findings findings) {
    Instant now = clock.instant();
    if (end.isBefore(now)) {
      findings.warn(
          "the %s of %s has expired on %s: TLS verify-full fails until RDS renews it (aws rds modify-db-instance --ca-certificate-identifier)"
              .formatted(what, identifier, day(end)));
    } else if (end.isBefore(now.plus(SOON))) {
      findings.warn("the %s of %s expires on %s".formatted(what, identifier, day(end)));
    }
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
