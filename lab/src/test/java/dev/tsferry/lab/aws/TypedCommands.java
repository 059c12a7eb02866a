package dev.tsferry.lab.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Types the repository's commands as a user would, in a directory of its own.
 *
 * @param environment what a user's shell would have: endpoint, region and credentials
 */
record TypedCommands(Path directory, Map<String, String> environment) {
  private static final File NOTHING = new File("/dev/null");

  /** How a command ended. */
  record Ended(int code, String output) {}

  /** Types a command that must succeed; what it printed, errors included. */
  String succeed(String line) throws Exception {
    Ended ended = type(line, NOTHING);
    assertThat(ended.code()).as("%s: %s", line, ended.output()).isZero();
    return ended.output();
  }

  Ended type(String line, File input) throws Exception {
    Process process = start(line, input);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Starts a command, which is then the caller's to read from or to kill. */
  Process start(String line, File input) throws IOException {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.set(0, root().resolve("scripts").resolve(words.get(0)).toString());
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectInput(input);
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("scripts/tsferry"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
