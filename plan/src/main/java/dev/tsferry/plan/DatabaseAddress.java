package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

/**
 * Where a database is and as whom to log in; never with a password.
 *
 * @param port 1 to 65535
 */
public record DatabaseAddress(String host, int port, String database, String user, Tls tls) {
  public DatabaseAddress {
    requireNonNull(host, "host is null");
    requireNonNull(database, "database is null");
    requireNonNull(user, "user is null");
    requireNonNull(tls, "tls is null");
  }
}
