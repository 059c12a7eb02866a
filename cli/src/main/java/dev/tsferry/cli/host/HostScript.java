package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One of the scripts of {@code scripts/host} with its parameters in front, as shell variables.
 * Values are quoted for the shell, so that they may hold anything.
 *
 * <pre>
 * #!/bin/bash
 * AFTER='12'
 * ...
 * </pre>
 */
public final class HostScript {
  private static final String FIRST_LINE = "#!/bin/bash\n";

  private final String variables;
  private final String body;

  private HostScript(String variables, String body) {
    this.variables = requireNonNull(variables, "variables is null");
    this.body = requireNonNull(body, "body is null");
  }

  /** The script of that file name. */
  public static HostScript named(String name) {
    try (InputStream in = HostScript.class.getResourceAsStream(name)) {
      return new HostScript("", new String(requireNonNull(in, name).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same script with one parameter more. */
  public HostScript with(String variable, String value) {
    return new HostScript(variables + variable + "=" + quoted(value) + "\n", body);
  }

  /** This script, and when it succeeded the other one; saves a command. */
  public HostScript then(HostScript next) {
    return new HostScript(variables + next.variables, body + "\n" + next.body);
  }

  /** The text that bash runs. */
  public String text() {
    return FIRST_LINE + variables + body;
  }

  private static String quoted(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("value holds a NUL, which no shell variable can");
    }
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
