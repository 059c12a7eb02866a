package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

/**
 * How a connection is protected and by whose word the server is trusted.
 *
 * @param mode libpq's {@code sslmode}
 * @param ca {@code system} for the operating system's authorities, {@code rds} for Amazon RDS's
 *     bundle, or one or more certificates in PEM; null where {@code mode} verifies nothing
 */
public record Tls(TlsMode mode, String ca) {
  /** The value of {@link #ca} for the operating system's authorities. */
  public static final String SYSTEM = "system";

  /** The value of {@link #ca} for the bundle of Amazon RDS's authorities. */
  public static final String RDS = "rds";

  public Tls {
    requireNonNull(mode, "mode is null");
  }
}
