package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a connection is protected, in libpq's words, since psql, pg_dump and the JDBC driver all take
 * them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-ssl.html">libpq: SSL support</a>
 */
public enum TlsMode {
  /** No TLS; for a database on the same machine only. */
  @JsonProperty("disable")
  DISABLE("disable"),
  /** Encrypted, the server is not verified. */
  @JsonProperty("require")
  REQUIRE("require"),
  /** Encrypted, and the certificate is signed by the given authority. */
  @JsonProperty("verify-ca")
  VERIFY_CA("verify-ca"),
  /** Encrypted, signed by the given authority, and issued for the host that was asked for. */
  @JsonProperty("verify-full")
  VERIFY_FULL("verify-full");

  private final String sslmode;

  TlsMode(String sslmode) {
    this.sslmode = sslmode;
  }

  /** The value of libpq's and the driver's {@code sslmode}. */
  public String sslmode() {
    return sslmode;
  }
}
