package dev.tsferry.runner.process;

import java.util.List;

/**
 * How a program ended.
 *
 * @param errorTail the last lines of its standard error, at most {@value ProcessRunner#TAIL_LINES}
 */
public record ProcessResult(int exitCode, List<String> errorTail) {
  public ProcessResult {
    errorTail = List.copyOf(errorTail);
  }

  public boolean succeeded() {
    return exitCode == 0;
  }
}
