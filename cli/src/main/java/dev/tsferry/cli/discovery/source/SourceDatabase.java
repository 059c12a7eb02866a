package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.SourceKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * The source, whatever kind it is, as far as it could be looked at; what is not known is null.
 *
 * @param identifier RDS's name of it, or the host name of a self-hosted one
 * @param size bytes in use, rounded up to whole GiB, since the plan must not move with every row
 * @param facts what a reader of the plan wants to know besides, each a few words
 */
public record SourceDatabase(
    SourceKind kind,
    String identifier,
    String engineVersion,
    Endpoint endpoint,
    Login login,
    Placement placement,
    DatabaseTraits traits,
    OptionalLong size,
    List<String> facts) {
  private static final long GIB = 1L << 30;

  public SourceDatabase {
    requireNonNull(kind, "kind is null");
    requireNonNull(identifier, "identifier is null");
    requireNonNull(login, "login is null");
    requireNonNull(placement, "placement is null");
    requireNonNull(traits, "traits is null");
    requireNonNull(size, "size is null");
    facts = List.copyOf(facts);
  }

  /** Bytes, rounded up to whole GiB. */
  static long wholeGib(long bytes) {
    return (Math.max(0, bytes) + GIB - 1) / GIB * GIB;
  }
}
