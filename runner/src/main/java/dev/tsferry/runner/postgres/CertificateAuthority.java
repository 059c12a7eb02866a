package dev.tsferry.runner.postgres;

import dev.tsferry.plan.Tls;
import dev.tsferry.plan.deployment.HostLayout;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the file of the authorities whose word on a server is trusted. */
final class CertificateAuthority {
  // Debian and Ubuntu, Red Hat and Amazon Linux, Alpine and macOS.
  private static final List<String> SYSTEM_BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/cert.pem");

  private CertificateAuthority() {}

  /**
   * The file for {@code tls}, or empty where nothing is verified.
   *
   * @param pemFile where to write authorities that the plan holds itself
   * @throws MigrationException with the side's {@code unreachable} code if there is no such file
   */
  static Optional<Path> file(Side side, Tls tls, Path pemFile) throws IOException {
    if (tls.ca() == null) {
      return Optional.empty();
    }
    if (tls.ca().equals(Tls.RDS)) {
      return Optional.of(existing(side, List.of(HostLayout.RDS_CA)));
    }
    if (tls.ca().equals(Tls.SYSTEM)) {
      return Optional.of(existing(side, SYSTEM_BUNDLES));
    }
    // Sessions are made by several threads; none may find the file half written by another.
    if (!Files.exists(pemFile) || !Files.readString(pemFile).equals(tls.ca())) {
      AtomicFile.replace(pemFile, tls.ca().getBytes(StandardCharsets.UTF_8));
    }
    return Optional.of(pemFile);
  }

  private static Path existing(Side side, List<String> files) {
    return files.stream()
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(
            () ->
                new MigrationException(
                    side.unreachable(),
                    "verifying the %s: there is no file of certificate authorities at %s"
                        .formatted(side.word(), String.join(" or ", files)),
                    "install the package ca-certificates, or give the authority in PEM as the"
                        + " plan's tls.ca"));
  }
}
