package dev.tsferry.cli.options;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What of the target is said on the command line. */
final class TargetOptions {
  private static final String DATABASE = "tsdb";
  private static final String USER = "tsdbadmin";

  @Option(
      names = "--target-host",
      paramLabel = "HOST",
      description = "Host name of the Timescale service.")
  private String host;

  @Option(
      names = "--target-port",
      paramLabel = "PORT",
      description = "Port of the Timescale service.")
  private Integer port;

  @Option(
      names = "--target-database",
      paramLabel = "NAME",
      description = "Database on the target (default: tsdb).")
  private String database;

  @Option(
      names = "--target-user",
      paramLabel = "NAME",
      description = "User on the target (default: tsdbadmin).")
  private String user;

  @Option(
      names = "--target-tls",
      paramLabel = "MODE",
      converter = TlsModeConverter.class,
      description = "require, verify-ca or verify-full (default: require).")
  private TlsMode tls;

  @Option(
      names = "--target-ca",
      paramLabel = "FILE|system",
      description =
          "Who vouches for the target's certificate: a file in PEM or the system's authorities (default with verify-*: system).")
  private String ca;

  /** What is needed and said nowhere. */
  List<String> missing(Optional<DatabaseAddress> base) {
    List<String> missing = new ArrayList<>();
    if (host == null && base.isEmpty()) {
      missing.add("--target-host HOST");
    }
    if (port == null && base.isEmpty()) {
      missing.add("--target-port PORT");
    }
    return missing;
  }

  /**
   * The target.
   *
   * @param base the plan that is brought up to date, which says what is not said here
   */
  DatabaseAddress address(Optional<DatabaseAddress> base) {
    if (port != null) {
      OptionChecks.port("--target-port", port);
    }
    return new DatabaseAddress(
        host == null ? base.orElseThrow().host() : host,
        port == null ? base.orElseThrow().port() : port,
        database == null ? base.map(DatabaseAddress::database).orElse(DATABASE) : database,
        user == null ? base.map(DatabaseAddress::user).orElse(USER) : user,
        tls(base.map(DatabaseAddress::tls)));
  }

  private Tls tls(Optional<Tls> base) {
    if (tls == null && ca == null && base.isPresent()) {
      return base.get();
    }
    TlsMode mode = tls == null ? TlsMode.REQUIRE : tls;
    if (ca == null) {
      boolean verifies = mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_FULL;
      return new Tls(mode, verifies ? Tls.SYSTEM : null);
    }
    OptionChecks.authorityIsAsked(mode);
    return new Tls(mode, CaOption.read("--target-ca", ca, Tls.SYSTEM));
  }
}
