package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Fetches documents of the runner, in as many pieces as Run Command's limit on output makes. */
final class HostFile {
  private static final Duration SHORT = Duration.ofSeconds(60);

  private final HostShell shell;

  HostFile(HostShell shell) {
    this.shell = requireNonNull(shell, "shell is null");
  }

  /**
   * Reads a document.
   *
   * @param name its file's name in the state directory
   */
  <T> T read(String doing, String name, Class<T> type) {
    String text = text(doing, name).orElseThrow(() -> notUnderstood(doing, null));
    try {
      return Json.lenient().readValue(text, type);
    } catch (IOException e) {
      throw notUnderstood(doing, e);
    }
  }

  /** A file's text, or empty if there is no such file. */
  Optional<String> text(String doing, String name) {
    StringBuilder packed = new StringBuilder();
    int length;
    do {
      String answer =
          shell.run(
              doing,
              HostScript.named("fetch.sh")
                  .with("FILE", name)
                  .with("OFFSET", Integer.toString(packed.length())),
              SHORT);
      String[] lines = answer.strip().split("\n", 2);
      if (lines[0].equals("0")) {
        return Optional.empty();
      }
      if (lines.length < 2 || !lines[0].matches("[0-9]{1,9}") || lines[1].isBlank()) {
        throw notUnderstood(doing, null);
      }
      length = Integer.parseInt(lines[0]);
      packed.append(lines[1].strip());
    } while (packed.length() < length);
    byte[] gzip = Base64.getDecoder().decode(packed.toString());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw notUnderstood(doing, e);
    }
  }

  private MigrationException notUnderstood(String doing, Exception cause) {
    return new MigrationException(
        ErrorCode.HOST_COMMAND_FAILED,
        "%s on the host %s: its answer is not understood"
            .formatted(doing, shell.host().instanceId()),
        cause);
  }
}
