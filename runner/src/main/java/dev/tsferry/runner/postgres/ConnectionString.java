package dev.tsferry.runner.postgres;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * libpq's keyword/value form, never with a password.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">Connection
 *     strings</a>
 */
final class ConnectionString {
  private ConnectionString() {}

  /** {@code keywords} in their order, every value quoted. */
  static String of(Map<String, String> keywords) {
    return keywords.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
