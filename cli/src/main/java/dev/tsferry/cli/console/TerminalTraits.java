package dev.tsferry.cli.console;

import java.util.Map;

/**
 * What standard error can show.
 *
 * @param live whether lines may be rewritten
 * @param columns width of a line in characters
 */
public record TerminalTraits(boolean live, int columns) {

  /**
   * The traits of the process's own standard error, as the launcher found them.
   *
   * @param terminal whether it is a terminal
   */
  public static TerminalTraits of(boolean terminal, int columns, Map<String, String> environment) {
    boolean dumb =
        "dumb".equals(environment.get("TERM"))
            || environment.containsKey("CI")
            || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TerminalTraits(terminal && !dumb, Math.max(40, columns));
  }
}
