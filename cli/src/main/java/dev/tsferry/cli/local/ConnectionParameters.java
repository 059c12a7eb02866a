package dev.tsferry.cli.local;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a connection string of libpq's apart, in either of its forms. What is wrong is said without
 * a word of the string itself, which may hold a password.
 *
 * <pre>
 * postgres://user:pass%20word@host:5432/database?sslmode=require
 * host=db.example.com user=postgres password='it''s' dbname=orders
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">libpq:
 *     connection strings</a>
 */
final class ConnectionParameters {
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  private ConnectionParameters() {}

  static ConnectionParameters of(String text) {
    ConnectionParameters parameters = new ConnectionParameters();
    int scheme = text.indexOf("://");
    if (text.startsWith("postgres://") || text.startsWith("postgresql://")) {
      parameters.uri(text.substring(scheme + 3));
    } else if (scheme >= 0 && text.indexOf('=') < 0) {
      parameters.problems.add("its scheme is neither postgres nor postgresql");
    } else {
      parameters.keywords(text);
    }
    return parameters;
  }

  /** What is wrong with the string, or nothing. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** The parameters under libpq's keywords. */
  Map<String, String> values() {
    return Map.copyOf(values);
  }

  private void uri(String text) {
    String rest = text;
    int query = rest.indexOf('?');
    if (query >= 0) {
      query(rest.substring(query + 1));
      rest = rest.substring(0, query);
    }
    // A password with a bare slash or at sign is the usual mistake; the last at sign ends the
    // login.
    int slash = rest.indexOf('/', rest.lastIndexOf('@') + 1);
    if (slash >= 0) {
      put("dbname", decoded("database", rest.substring(slash + 1)));
      rest = rest.substring(0, slash);
    }
    int at = rest.lastIndexOf('@');
    if (at >= 0) {
      login(rest.substring(0, at));
    }
    hostAndPort(rest.substring(at + 1));
  }

  private void login(String text) {
    int colon = text.indexOf(':');
    put("user", decoded("user", colon < 0 ? text : text.substring(0, colon)));
    if (colon >= 0) {
      put("password", decoded("password", text.substring(colon + 1)));
    }
  }

  private void hostAndPort(String text) {
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        problems.add("the closing bracket of the IPv6 address is missing");
        return;
      }
      put("host", text.substring(1, end));
      colon = text.indexOf(':', end);
    } else {
      put("host", decoded("host", colon < 0 ? text : text.substring(0, colon)));
    }
    if (colon >= 0) {
      put("port", text.substring(colon + 1));
    }
  }

  private void query(String text) {
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        problems.add("a parameter after the question mark is not of the form name=value");
      } else {
        put(
            decoded("parameter", pair.substring(0, equals)),
            decoded("parameter", pair.substring(equals + 1)));
      }
    }
  }

  private void keywords(String text) {
    int at = 0;
    while (true) {
      at = skipSpace(text, at);
      if (at >= text.length()) {
        return;
      }
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        problems.add("it is neither a postgres:// URI nor a list of keyword=value");
        return;
      }
      String keyword = text.substring(at, equals).strip();
      StringBuilder value = new StringBuilder();
      at = value(text, skipSpace(text, equals + 1), value);
      if (!keyword.matches("[a-z_]+")) {
        problems.add("it is neither a postgres:// URI nor a list of keyword=value");
        return;
      }
      put(keyword, value.toString());
    }
  }

  private int value(String text, int start, StringBuilder value) {
    int at = start;
    boolean quoted = at < text.length() && text.charAt(at) == '\'';
    if (quoted) {
      at++;
    }
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quoted ? c == '\'' : Character.isWhitespace(c)) {
        return at + 1;
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        c = text.charAt(at);
      }
      value.append(c);
      at++;
    }
    if (quoted) {
      problems.add("a closing quote is missing");
    }
    return at;
  }

  private static int skipSpace(String text, int start) {
    int at = start;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private void put(String keyword, String value) {
    if (!value.isEmpty()) {
      values.put(keyword, value);
    }
  }

  private String decoded(String what, String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint != '%') {
        bytes.put(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (i + 2 > text.length() || !text.substring(i, i + 2).matches("[0-9A-Fa-f]{2}")) {
        problems.add("the %s has a %% that is not followed by two hex digits".formatted(what));
        return "";
      }
      bytes.put((byte) Integer.parseInt(text.substring(i, i + 2), 16));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      problems.add("the %s is not UTF-8 after percent-decoding".formatted(what));
      return "";
    }
  }
}
