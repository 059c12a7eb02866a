package dev.tsferry.runner.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionStringTest {
  @TempDir Path folder;

  @Test
  void of_valuesWithQuotesAndBackslashes_areEscaped() {
    Map<String, String> keywords = new LinkedHashMap<>();
    keywords.put("host", "h");
    keywords.put("dbname", "it's a \\ host=evil");
    keywords.put("user", "");
    assertThat(ConnectionString.of(keywords))
        .isEqualTo("host='h' dbname='it\\'s a \\\\ host=evil' user=''");
  }

  @Test
  void passwordLine_colonsAndBackslashes_areEscaped() {
    assertThat(PasswordFile.line(address("::1", "a:b"), "p:w\\ 'x\""))
        .isEqualTo("\\:\\:1:5432:*:a\\:b:p\\:w\\\\ 'x\"\n");
  }

  @Test
  void passwordLine_lineBreak_isRefusedWithoutThePassword() {
    assertThatThrownBy(() -> PasswordFile.line(address("h", "u"), "pass\nword"))
        .isInstanceOf(MigrationException.class)
        .hasMessage("writing the password file for h: the password has a line break")
        .message()
        .doesNotContain("pass\n");
  }

  @Test
  void passwordFile_writtenTwice_isReadableByItsOwnerOnly() throws IOException {
    Path file = folder.resolve("source.pgpass");
    PasswordFile.write(file, "a");
    PasswordFile.write(file, "b");
    assertThat(file).hasContent("b");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(file::equals);
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  private static DatabaseAddress address(String host, String user) {
    return new DatabaseAddress(host, 5432, "d", user, new Tls(TlsMode.REQUIRE, null));
  }
}
