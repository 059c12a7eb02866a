package dev.tsferry.runner.postgres;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * libpq's password file: how PostgreSQL's programs get a password without it being an argument.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">The password file</a>
 */
final class PasswordFile {
  private PasswordFile() {}

  /** The file's one line. */
  static String line(DatabaseAddress address, String password) {
    if (password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0 || password.indexOf(0) >= 0) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "writing the password file for %s: the password has a line break"
              .formatted(address.host()),
          "set a password without line breaks");
    }
    return "%s:%d:*:%s:%s\n"
        .formatted(
            escaped(address.host()), address.port(), escaped(address.user()), escaped(password));
  }

  /** Writes {@code file} anew, readable by its owner only from the first moment. */
  static void write(Path file, String line) throws IOException {
    Path temporary =
        Files.createTempFile(
            file.getParent(),
            ".pass",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(temporary, line);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(":", "\\:");
  }
}
