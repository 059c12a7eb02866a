package dev.tsferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabasesTest {
  private static final String GOOD = "postgres://u:p@db.test/d";

  private static LocalDatabase source(String text) {
    return LocalDatabases.of(Map.of("SOURCE", text, "TARGET", GOOD)).source();
  }

  private static LocalDatabase target(String text) {
    return LocalDatabases.of(Map.of("SOURCE", GOOD, "TARGET", text)).target();
  }

  private static String problem(String source) {
    MigrationException failure =
        catchThrowableOfType(MigrationException.class, () -> source(source));
    assertThat(failure.code()).isEqualTo(ErrorCode.BAD_ARGUMENT);
    return failure.getMessage();
  }

  @Test
  void of_uri_readsEveryPart() {
    LocalDatabase database =
        target(
            "postgresql://ts%20db:p%40ss%2Fw%25rd%C3%A9@host.test:31000/my%20db?sslmode=require");

    assertThat(database.address())
        .isEqualTo(
            new DatabaseAddress(
                "host.test", 31000, "my db", "ts db", new Tls(TlsMode.REQUIRE, null)));
    assertThat(database.password().value()).isEqualTo("p@ss/w%rdé");
  }

  @Test
  void of_uriWithBareSpecialCharactersInPassword_isReadAsMeant() {
    LocalDatabase database = source("postgres://user:a@b/c:d@host.test:5433/orders");

    assertThat(database.address().host()).isEqualTo("host.test");
    assertThat(database.address().port()).isEqualTo(5433);
    assertThat(database.address().database()).isEqualTo("orders");
    assertThat(database.password().value()).isEqualTo("a@b/c:d");
  }

  @Test
  void of_keywords_readsQuotesAndBackslashes() {
    LocalDatabase database =
        source("host = db.test port=5433 user=me password='it\\'s a \\\\ pass' dbname='my db'");

    assertThat(database.address())
        .isEqualTo(
            new DatabaseAddress("db.test", 5433, "my db", "me", new Tls(TlsMode.REQUIRE, null)));
    assertThat(database.password().value()).isEqualTo("it's a \\ pass");
  }

  @Test
  void of_ipv6AndDefaults_areUnderstood() {
    DatabaseAddress address = source("postgres://me@[::1]").address();

    assertThat(address)
        .isEqualTo(new DatabaseAddress("::1", 5432, "me", "me", new Tls(TlsMode.DISABLE, null)));
  }

  @Test
  void of_withoutSslmode_requiresTlsExceptForSourceOnThisMachine() {
    assertThat(source("postgres://u@db.test/d").address().tls().mode()).isEqualTo(TlsMode.REQUIRE);
    assertThat(source("postgres://u@localhost/d").address().tls().mode())
        .isEqualTo(TlsMode.DISABLE);
    assertThat(target("postgres://u@localhost/d").address().tls().mode())
        .isEqualTo(TlsMode.REQUIRE);
  }

  @Test
  void of_rootCertificate_isReadIntoTheAddress(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("ca.pem");
    String pem = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";
    Files.writeString(file, pem);

    assertThat(source(GOOD + "?sslmode=require&sslrootcert=" + file).address().tls())
        .isEqualTo(new Tls(TlsMode.VERIFY_CA, pem));
    assertThat(source(GOOD + "?sslmode=verify-full&sslrootcert=" + file).address().tls())
        .isEqualTo(new Tls(TlsMode.VERIFY_FULL, pem));
    assertThat(source(GOOD + "?sslmode=verify-full").address().tls())
        .isEqualTo(new Tls(TlsMode.VERIFY_FULL, Tls.SYSTEM));
  }

  @Test
  void of_bothWrong_saysEverythingAndNoPassword() {
    Map<String, String> environment =
        Map.of("TARGET", "postgres://:s3cret@/d?sslmode=no&options=-cx&sslrootcert=/nope");

    assertThatThrownBy(() -> LocalDatabases.of(environment))
        .hasMessage(
            """
            reading $SOURCE and $TARGET: 5 problems
              $SOURCE is not set
              $TARGET: the parameter options is not understood
              $TARGET: the user is missing
              $TARGET: the host is missing
              $TARGET: sslmode is none of disable, prefer, require, verify-ca, verify-full""");
  }

  @Test
  void of_malformed_neverEchoesWhatMayHoldAPassword() {
    assertThat(problem("postgres://u:s3%cret@h/d"))
        .endsWith("$SOURCE: the password has a % that is not followed by two hex digits")
        .doesNotContain("s3");
    assertThat(problem("mysql://u:s3cret@h/d"))
        .endsWith("its scheme is neither postgres nor postgresql");
    assertThat(problem("u:s3cret@h"))
        .endsWith("neither a postgres:// URI nor a list of keyword=value");
    assertThat(problem("host=h user=u password='s3cret")).endsWith("a closing quote is missing");
    assertThat(problem("postgres://u:s3cret@h:70000/d")).endsWith("not a number from 1 to 65535");
    assertThat(problem("postgres://u:s3cret@a,b/d")).contains("several hosts");
    assertThat(problem("host=/var/run/postgresql user=u")).contains("a Unix socket");
    assertThat(problem("postgres://u:%ff@h/d"))
        .endsWith("the password is not UTF-8 after percent-decoding");
  }

  @Test
  void toString_masksThePassword() {
    assertThat(source("postgres://u:s3cret@h/d").toString()).doesNotContain("s3cret");
  }
}
