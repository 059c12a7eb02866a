package dev.tsferry.runner.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes what a program writes to its standard output, to the end. */
@FunctionalInterface
public interface StandardOutput {

  /**
   * Reads the program's output.
   *
   * @throws IOException if it can't be taken, such as for a full disk; the program is then ended
   */
  void read(InputStream output) throws IOException;

  /** Takes the output as lines of text. */
  static StandardOutput lines(Consumer<String> consumer) {
    return output -> {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        consumer.accept(line);
      }
    };
  }
}
