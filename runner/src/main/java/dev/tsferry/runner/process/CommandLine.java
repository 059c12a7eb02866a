package dev.tsferry.runner.process;

import java.util.List;
import java.util.Map;

/**
 * A program with its arguments and its whole environment; neither holds a secret, so that the line
 * may be logged as it is.
 *
 * @param arguments the program's path first; never read by a shell
 * @param environment all that the program gets, nothing is inherited
 */
public record CommandLine(List<String> arguments, Map<String, String> environment) {
  public CommandLine {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** The program's name without its folder, such as {@code pg_dump}. */
  public String program() {
    String path = arguments.get(0);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The line as one could type it into a shell. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (String argument : arguments) {
      boolean plain = !argument.isEmpty() && argument.matches("[A-Za-z0-9_./:=@%+,-]+");
      line.append(line.isEmpty() ? "" : " ")
          .append(plain ? argument : "'" + argument.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }
}
