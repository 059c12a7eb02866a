package dev.tsferry.lab.privilege;

import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pipeline in a process of its own, which can be killed without a word. */
final class ForkedRun {
  private ForkedRun() {}

  private record Input(
      DatabaseAddress source,
      DatabaseAddress target,
      List<Hypertable> hypertables,
      String directory) {}

  static Process start(
      RdsLikeSource source,
      TimescaleLikeTarget target,
      List<Hypertable> hypertables,
      Path directory)
      throws IOException {
    Path input = directory.resolve("input.json");
    Files.write(
        input,
        Json.lenient()
            .writeValueAsBytes(
                new Input(source.address(), target.address(), hypertables, directory.toString())));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ForkedRun.class.getName(),
            input.toString());
    builder.environment().put("LAB_SOURCE_PASSWORD", source.password());
    builder.environment().put("LAB_TARGET_PASSWORD", target.password());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    Input input = Json.lenient().readValue(Path.of(arguments[0]).toFile(), Input.class);
    new PipelineRun(
            input.source(),
            System.getenv("LAB_SOURCE_PASSWORD"),
            input.target(),
            System.getenv("LAB_TARGET_PASSWORD"),
            input.hypertables(),
            Path.of(input.directory()))
        .run();
  }
}
