package dev.tsferry.runner.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolePasswordsTest {
  @TempDir Path directory;

  @Test
  void write_andRead_keepNamesWithTabsAndLineEnds() throws IOException {
    RolePasswords passwords = RolePasswords.generated(List.of("alice", "a\tb\nc\\d", "😀"));
    Path file = directory.resolve("passwords");
    passwords.write(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    RolePasswords read = RolePasswords.read(file);
    assertThat(read.roles()).containsExactly("alice", "a\tb\nc\\d", "😀");
    assertThat(read.of("a\tb\nc\\d").value()).isEqualTo(passwords.of("a\tb\nc\\d").value());
  }

  @Test
  void generated_passwords_areLongAndNeverTheSame() {
    RolePasswords passwords = RolePasswords.generated(List.of("a", "b"));
    assertThat(passwords.of("a").value()).hasSize(32).isNotEqualTo(passwords.of("b").value());
    assertThat(passwords.of("a").toString()).isEqualTo("******");
  }

  @Test
  void read_wrongLines_areAllTold_withoutWhatStandsInThem() throws IOException {
    Path file = secret("alice\tsecret1\nbob secret2\nalice\tsecret3\n");
    assertThatThrownBy(() -> RolePasswords.read(file))
        .isInstanceOf(MigrationException.class)
        .hasMessageEndingWith(
            "line 2 is not a role, a tab and a password; line 3 names a role a second time")
        .hasMessageNotContaining("secret")
        .extracting(e -> ((MigrationException) e).code())
        .isEqualTo(ErrorCode.BAD_ARGUMENT);
  }

  @Test
  void read_fileThatOthersMayRead_isRefused() throws IOException {
    Path file = secret("alice\tx\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> RolePasswords.read(file))
        .hasMessageEndingWith("others than its owner may use the file");
  }

  @Test
  void write_fileThatIsThere_isRefused() throws IOException {
    Path file = secret("");
    RolePasswords passwords = RolePasswords.generated(List.of("alice"));
    assertThatThrownBy(() -> passwords.write(file))
        .extracting(e -> ((MigrationException) e).code())
        .isEqualTo(ErrorCode.FILE_EXISTS);
  }

  private Path secret(String text) throws IOException {
    Path file =
        Files.createFile(
            directory.resolve("given"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }
}
