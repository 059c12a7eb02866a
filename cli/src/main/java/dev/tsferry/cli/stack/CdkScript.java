package dev.tsferry.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The CDK command of the version that the repository pins, through {@code scripts/cdk}. */
public final class CdkScript implements CdkProgram {
  private final Path home;

  /**
   * @param home the repository's root, where {@code cdk.json} is
   */
  public CdkScript(Path home) {
    this.home = requireNonNull(home, "home is null");
  }

  @Override
  public int run(List<String> arguments, Map<String, String> environment, Consumer<String> output) {
    Path script = home.resolve("scripts").resolve("cdk");
    if (!Files.isExecutable(script)) {
      throw new MigrationException(
          ErrorCode.TOOL_MISSING, "running cdk: %s is missing".formatted(script));
    }
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          output.accept(line);
        }
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.TOOL_FAILED, "running %s: %s".formatted(script, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(ErrorCode.CANCELLED, "running cdk: interrupted", e);
    }
  }
}
