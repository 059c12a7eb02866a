package dev.tsferry.cli.options;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the authorities that vouch for a server, so that the plan holds them and needs no file. */
final class CaOption {
  private static final long MAX_BYTES = 512 * 1024;

  private CaOption() {}

  /**
   * The plan's value for what {@code option} says.
   *
   * @param keywords the words that are no file's name
   */
  static String read(String option, String value, String... keywords) {
    if (List.of(keywords).contains(value)) {
      return value;
    }
    try {
      Path file = Path.of(value);
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(option, value, "it is larger than 512 KiB");
      }
      String pem = Files.readString(file);
      if (pem.contains("PRIVATE KEY-----")) {
        throw unusable(option, value, "it holds a private key, which must not go into a plan");
      }
      if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
        throw unusable(option, value, "it holds no certificate in PEM");
      }
      return pem;
    } catch (IOException e) {
      throw unusable(option, value, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static MigrationException unusable(String option, String value, String why) {
    return new MigrationException(
        ErrorCode.BAD_ARGUMENT, "%s %s: %s".formatted(option, value, why));
  }
}
