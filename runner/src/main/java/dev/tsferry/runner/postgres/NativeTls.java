package dev.tsferry.runner.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.Conscrypt;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.ssl.NonValidatingFactory.NonValidatingTM;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * TLS for the JDBC driver by BoringSSL in place of Java's own, which costs a run its first seconds:
 * until the compiler has got to it, it handles rows slower than the network brings them. Who is
 * trusted is what the driver's own factory trusts; that the certificate names the host is verified
 * by the driver. Public, since the driver makes it by name.
 *
 * @see <a href="https://github.com/google/conscrypt">Conscrypt</a>
 */
public final class NativeTls extends WrappedFactory {
  /**
   * @param info the driver's properties; {@code sslmode} and {@code sslrootcert} are used
   * @throws PSQLException if the authorities' file can't be read or holds none
   */
  public NativeTls(Properties info) throws PSQLException {
    try {
      SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
      context.init(null, new TrustManager[] {trusted(info)}, null);
      factory = context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new PSQLException(
          "setting up TLS with the authorities of " + PGProperty.SSL_ROOT_CERT.getOrDefault(info),
          PSQLState.CONNECTION_FAILURE,
          e);
    }
  }

  /**
   * Whether this machine has it: there is a library for it, and the user has no certificate of his
   * own, which the driver's factory presents to the server.
   */
  static boolean isAvailable() {
    return Conscrypt.isAvailable()
        && !Files.exists(Path.of(System.getProperty("user.home"), ".postgresql", "postgresql.crt"));
  }

  private static X509TrustManager trusted(Properties info)
      throws GeneralSecurityException, IOException, PSQLException {
    if (!SslMode.of(info).verifyCertificate()) {
      return new NonValidatingTM();
    }
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (InputStream pem =
        Files.newInputStream(Path.of(PGProperty.SSL_ROOT_CERT.getOrDefault(info)))) {
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        authorities.setCertificateEntry("authority-" + number++, authority);
      }
    }
    if (authorities.size() == 0) {
      throw new CertificateException("the file holds no certificate");
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(authorities);
    for (TrustManager manager : managers.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return new InJavasWords(x509);
      }
    }
    throw new GeneralSecurityException("Java has no trust manager for certificates");
  }

  /**
   * Asks Java's trust manager in the words that it knows: a TLS 1.3 suite says nothing of how keys
   * are exchanged, which BoringSSL calls generic and Java unknown.
   *
   * @see <a href="https://github.com/google/conscrypt/issues/1033">Conscrypt, issue 1033</a>
   */
  private record InJavasWords(X509TrustManager asked) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String exchange)
        throws CertificateException {
      asked.checkClientTrusted(chain, exchange);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String exchange)
        throws CertificateException {
      asked.checkServerTrusted(chain, exchange.equals("GENERIC") ? "UNKNOWN" : exchange);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return asked.getAcceptedIssuers();
    }
  }
}
