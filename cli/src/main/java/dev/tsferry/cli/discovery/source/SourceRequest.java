package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.Tls;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user said of the source; all that AWS knows is not asked for.
 *
 * @param rds identifier, endpoint or ARN of RDS's, or of an Aurora cluster
 * @param address of a self-hosted server, as {@code HOST:PORT/DATABASE}
 * @param kind of a self-hosted server, if said
 * @param database the database to carry; else the one that was made with the instance
 * @param user as whom to log in; else the master user
 * @param securityGroup to which of the source's groups the rule is added
 * @param plannedGroup the group of an earlier plan, which is kept while it will do
 * @param vpc of a self-hosted server, if it is not found
 * @param version of a self-hosted server, if it can't be asked
 * @param size bytes in use, if neither AWS nor the server says
 */
public record SourceRequest(
    Optional<String> rds,
    Optional<SelfHosted> address,
    Optional<SourceKind> kind,
    Optional<String> database,
    Optional<String> user,
    Tls tls,
    Optional<String> securityGroup,
    Optional<String> plannedGroup,
    Optional<String> vpc,
    Optional<String> version,
    OptionalLong size) {

  public SourceRequest {
    requireNonNull(tls, "tls is null");
    requireNonNull(size, "size is null");
  }

  /** Where a self-hosted server listens, and which database is carried. */
  public record SelfHosted(String host, int port, Optional<String> database) {
    public SelfHosted {
      requireNonNull(host, "host is null");
    }
  }
}
