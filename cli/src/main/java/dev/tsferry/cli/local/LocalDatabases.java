package dev.tsferry.cli.local;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Source and target as the environment variables {@code SOURCE} and {@code TARGET} say. */
public record LocalDatabases(LocalDatabase source, LocalDatabase target) {
  private static final String SOURCE = "SOURCE";
  private static final String TARGET = "TARGET";
  private static final Set<String> USED =
      Set.of("host", "port", "dbname", "user", "password", "sslmode", "sslrootcert");
  // These change nothing of what is carried.
  private static final Set<String> PASSED_OVER =
      Set.of(
          "application_name",
          "channel_binding",
          "connect_timeout",
          "gssencmode",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "sslsni",
          "target_session_attrs");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  public LocalDatabases {
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
  }

  /**
   * Reads both variables.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} with everything that is wrong with either
   */
  public static LocalDatabases of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    LocalDatabase source = database(SOURCE, environment, problems);
    LocalDatabase target = database(TARGET, environment, problems);
    refuse("$SOURCE and $TARGET", problems);
    return new LocalDatabases(source, target);
  }

  /**
   * Reads the target alone.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} with everything that is wrong with it
   */
  static LocalDatabase targetOf(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    LocalDatabase target = database(TARGET, environment, problems);
    refuse("$TARGET", problems);
    return target;
  }

  private static void refuse(String what, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "reading %s: %d problem%s\n  %s"
              .formatted(
                  what,
                  problems.size(),
                  problems.size() == 1 ? "" : "s",
                  String.join("\n  ", problems)),
          "export SOURCE='postgres://user:password@host:5432/database', with %-encoding for special characters");
    }
  }

  private static LocalDatabase database(
      String variable, Map<String, String> environment, List<String> problems) {
    String text = environment.getOrDefault(variable, "").strip();
    if (text.isEmpty()) {
      problems.add("$%s is not set".formatted(variable));
      return null;
    }
    ConnectionParameters parameters = ConnectionParameters.of(text);
    List<String> own = new ArrayList<>(parameters.problems());
    LocalDatabase database =
        own.isEmpty() ? database(variable, parameters.values(), own, environment) : null;
    own.forEach(problem -> problems.add("$%s: %s".formatted(variable, problem)));
    return database;
  }

  private static LocalDatabase database(
      String variable,
      Map<String, String> values,
      List<String> problems,
      Map<String, String> environment) {
    for (String keyword : values.keySet().stream().sorted().toList()) {
      if (!USED.contains(keyword) && !PASSED_OVER.contains(keyword)) {
        problems.add("the parameter %s is not understood".formatted(keyword));
      }
    }
    String user = values.getOrDefault("user", "");
    if (user.isEmpty()) {
      problems.add("the user is missing");
    }
    String host = host(values, problems);
    int port = port(values, problems);
    Tls tls = tls(variable, host, values, problems, environment);
    if (!problems.isEmpty()) {
      return null;
    }
    return new LocalDatabase(
        new DatabaseAddress(host, port, values.getOrDefault("dbname", user), user, tls),
        Secret.of(values.getOrDefault("password", "")));
  }

  private static String host(Map<String, String> values, List<String> problems) {
    String host = values.getOrDefault("host", "");
    if (host.isEmpty()) {
      problems.add("the host is missing");
    } else if (host.startsWith("/")) {
      problems.add("the host is a Unix socket, which is not supported; name localhost");
    } else if (host.contains(",")) {
      problems.add("there are several hosts; name the one to use");
    }
    return host;
  }

  private static int port(Map<String, String> values, List<String> problems) {
    String port = values.getOrDefault("port", "5432");
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      problems.add("the port is not a number from 1 to 65535");
      return 0;
    }
    return Integer.parseInt(port);
  }

  private static Tls tls(
      String variable,
      String host,
      Map<String, String> values,
      List<String> problems,
      Map<String, String> environment) {
    // What libpq does not promise (allow, prefer) becomes a promise, except where nobody listens.
    boolean near = LOOPBACK.contains(host) && !variable.equals(TARGET);
    String rootCertificate = values.get("sslrootcert");
    return switch (values.getOrDefault("sslmode", "prefer")) {
      case "disable" -> new Tls(TlsMode.DISABLE, null);
      case "allow", "prefer" -> new Tls(near ? TlsMode.DISABLE : TlsMode.REQUIRE, null);
      // libpq verifies as soon as it has something to verify with.
      case "require" ->
          rootCertificate == null
              ? new Tls(TlsMode.REQUIRE, null)
              : new Tls(TlsMode.VERIFY_CA, authority(rootCertificate, problems, environment));
      case "verify-ca" ->
          new Tls(TlsMode.VERIFY_CA, authority(rootCertificate, problems, environment));
      case "verify-full" ->
          new Tls(TlsMode.VERIFY_FULL, authority(rootCertificate, problems, environment));
      default -> {
        problems.add("sslmode is none of disable, prefer, require, verify-ca, verify-full");
        yield null;
      }
    };
  }

  private static String authority(
      String file, List<String> problems, Map<String, String> environment) {
    if (file == null || file.equals(Tls.SYSTEM)) {
      return Tls.SYSTEM;
    }
    try {
      String pem =
          Files.readString(
              file.startsWith("~/")
                  ? Path.of(environment.getOrDefault("HOME", "/"), file.substring(2))
                  : Path.of(file));
      if (pem.contains("-----BEGIN CERTIFICATE-----")) {
        return pem;
      }
      problems.add("sslrootcert %s holds no certificate in PEM".formatted(file));
    } catch (IOException | InvalidPathException e) {
      problems.add("sslrootcert %s cannot be read".formatted(file));
    }
    return null;
  }
}
