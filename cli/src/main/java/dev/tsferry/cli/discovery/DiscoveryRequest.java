package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Tls;
import java.util.List;
import java.util.Optional;

/**
 * What the user said about a migration; all that AWS knows is not asked for.
 *
 * @param identifier RDS's DB instance identifier
 * @param sourceDatabase the database to carry; else the one that was made with the instance
 * @param name what the migration is called; else made from the identifier
 * @param subnet where the host goes; else chosen
 * @param securityGroup to which of the instance's groups the rule is added; needed if it has
 *     several
 */
public record DiscoveryRequest(
    String identifier,
    DatabaseAddress target,
    Tls sourceTls,
    Optional<String> sourceDatabase,
    Optional<String> name,
    Optional<String> subnet,
    Optional<String> securityGroup,
    List<Hypertable> hypertables) {

  public DiscoveryRequest {
    requireNonNull(identifier, "identifier is null");
    requireNonNull(target, "target is null");
    requireNonNull(sourceTls, "sourceTls is null");
    hypertables = List.copyOf(hypertables);
  }
}
