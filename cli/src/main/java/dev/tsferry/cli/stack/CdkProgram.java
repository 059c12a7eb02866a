package dev.tsferry.cli.stack;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the CDK command. */
public interface CdkProgram {

  /**
   * Runs it to its end.
   *
   * @param environment variables on top of the process's own
   * @param output told each line that it prints
   * @return its exit code
   */
  int run(List<String> arguments, Map<String, String> environment, Consumer<String> output);
}
