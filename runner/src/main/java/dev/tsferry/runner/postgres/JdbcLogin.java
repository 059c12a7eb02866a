package dev.tsferry.runner.postgres;

import dev.tsferry.plan.DatabaseAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A login through the JDBC driver.
 *
 * @param authorities file of those whose word on the server is trusted, if it is verified
 * @param purpose a word for the session's application name
 * @param database may be another than the address has
 * @param mode who tells one statement from the next
 */
record JdbcLogin(
    DatabaseAddress address,
    Optional<Path> authorities,
    String purpose,
    String database,
    boolean readOnly,
    PreferQueryMode mode) {
  static final int CONNECT_SECONDS = 15;
  // Any server that we carry is younger; the driver then says all it wants with the login.
  private static final String LEAST_VERSION = "9.6";

  /**
   * Logs in; where the server and BoringSSL have no way to encrypt in common, by Java's own TLS.
   */
  Connection with(String password) throws SQLException {
    PGSimpleDataSource source = source(password);
    if (!NativeTls.isAvailable()) {
      return source.getConnection();
    }
    source.setSslfactory(NativeTls.class.getName());
    try {
      return source.getConnection();
    } catch (SQLException e) {
      if (!ServerErrors.caused(e, SSLException.class)) {
        throw e;
      }
      // A server that is not to be trusted is refused by this one as well, and in clearer words.
      return source(password).getConnection();
    }
  }

  private PGSimpleDataSource source(String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {address.host()});
    source.setPortNumbers(new int[] {address.port()});
    source.setDatabaseName(database);
    source.setUser(address.user());
    source.setPassword(password);
    source.setSslMode(address.tls().mode().sslmode());
    authorities.ifPresent(file -> source.setSslRootCert(file.toString()));
    source.setGssEncMode("disable");
    if (readOnly) {
      // The server itself holds us to it: nothing is ever written to the source's database.
      source.setReadOnly(true);
      source.setReadOnlyMode("always");
    }
    source.setPreferQueryMode(mode);
    source.setApplicationName(Server.applicationName(purpose));
    source.setAssumeMinServerVersion(LEAST_VERSION);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(2 * CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setSocketFactory(KeepAliveSockets.class.getName());
    return source;
  }
}
