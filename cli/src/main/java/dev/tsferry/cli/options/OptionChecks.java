package dev.tsferry.cli.options;

import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.regex.Pattern;

/** Values of options that have the right type and are wrong all the same. */
final class OptionChecks {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

  private OptionChecks() {}

  static void name(String name) {
    if (name != null && !NAME.matcher(name).matches()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--name %s: must be 2 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen"
              .formatted(name));
    }
  }

  static void port(String option, int port) {
    if (port < 1 || port > 65_535) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "%s %d: must be 1 to 65535".formatted(option, port));
    }
  }

  /** Naming an authority and then not asking it is never meant. */
  static void authorityIsAsked(TlsMode mode) {
    if (mode != TlsMode.VERIFY_CA && mode != TlsMode.VERIFY_FULL) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--target-ca is given, but --target-tls %s verifies nothing".formatted(mode.sslmode()),
          "add --target-tls verify-full");
    }
  }
}
