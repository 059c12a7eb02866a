package dev.tsferry.lab.image;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.utility.DockerImageName;

/**
 * The lab's container images, as {@code scripts/lab-images} names them; it builds what is missing,
 * so that a test works from an editor too, on a machine that never built one.
 */
public final class LabImages {
  private static final String SCRIPT = "scripts/lab-images";

  private LabImages() {}

  /**
   * The image whose folder is {@code lab/images/<name>}.
   *
   * @throws MigrationException TOOL_FAILED where no container engine answers or the image can't be
   *     built; the script has said why on stderr
   */
  public static DockerImageName named(String name) {
    DockerImageName image = named(List.of(name)).get(name);
    if (image == null) {
      throw new MigrationException(
          ErrorCode.TOOL_FAILED,
          "looking for the lab's image %s: there is no lab/images/%s".formatted(name, name));
    }
    return image;
  }

  private static Map<String, DockerImageName> named(List<String> names) {
    List<String> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(names);
    return run(root(), command)
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> DockerImageName.parse(pair[1])));
  }

  /** The repository's root: Maven runs a module's tests in its folder, an editor perhaps above. */
  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(SCRIPT))) {
        return folder;
      }
    }
    throw new MigrationException(
        ErrorCode.TOOL_MISSING, "looking for " + SCRIPT + ": it is not in or above " + start);
  }

  private static String run(Path root, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new MigrationException(
            ErrorCode.TOOL_FAILED,
            "preparing the lab's images: %s failed with exit code %d".formatted(SCRIPT, code),
            "run " + SCRIPT);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(ErrorCode.CANCELLED, "interrupted while " + SCRIPT + " ran", e);
    }
  }
}
