package dev.tsferry.runner.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

class NativeTlsTest {
  @TempDir Path folder;

  private static Properties properties(String mode, Path authorities) {
    Properties properties = new Properties();
    PGProperty.SSL_MODE.set(properties, mode);
    PGProperty.SSL_ROOT_CERT.set(properties, authorities.toString());
    return properties;
  }

  @Test
  void isAvailable_onLinux_unlessTheUserHasACertificate() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    assumeThat(Path.of(System.getProperty("user.home"), ".postgresql")).doesNotExist();

    assertThat(NativeTls.isAvailable()).isTrue();
  }

  @Test
  void factory_ofModeRequire_needsNoAuthority() throws PSQLException {
    SSLSocketFactory factory = new NativeTls(properties("require", folder.resolve("nowhere.pem")));

    assertThat(factory.getDefaultCipherSuites()).contains("TLS_AES_256_GCM_SHA384");
  }

  @Test
  void factory_thatVerifiesWithoutAnAuthority_isRefused() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    for (Path file : new Path[] {empty, folder.resolve("nowhere.pem")}) {
      for (String mode : new String[] {"verify-ca", "verify-full"}) {
        assertThatThrownBy(() -> new NativeTls(properties(mode, file)))
            .isInstanceOf(PSQLException.class)
            .hasMessage("setting up TLS with the authorities of " + file);
      }
    }
  }
}
