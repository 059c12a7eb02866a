package dev.tsferry.cli.local;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A private directory for password files: on tmpfs where there is one, so that a password is never
 * on a disk. Its name says whose it is, so that what a killed process left is removed by the next.
 */
final class RuntimeDirectory {
  private static final Pattern NAME = Pattern.compile("tsferry-(\\d+)-\\d+");

  private RuntimeDirectory() {}

  /** Makes the directory, for its owner only, and removes those of processes that are gone. */
  static Path make(Map<String, String> environment) {
    Path parent =
        Stream.of(
                environment.get("XDG_RUNTIME_DIR"),
                "/dev/shm",
                System.getProperty("java.io.tmpdir"))
            .filter(candidate -> candidate != null && !candidate.isEmpty())
            .map(Path::of)
            .filter(Files::isWritable)
            .findFirst()
            .orElseThrow(() -> failed(null));
    removeThoseOfTheDead(parent);
    try {
      return Files.createTempDirectory(
          parent, "tsferry-%d-".formatted(ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Deletes the directory with all that is in it. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.INTERNAL,
          "removing %s, which may hold password files: %s".formatted(directory, e.getMessage()),
          e);
    }
  }

  private static void removeThoseOfTheDead(Path parent) {
    List<Path> dead;
    try (Stream<Path> children = Files.list(parent)) {
      dead = children.filter(RuntimeDirectory::ofADeadProcess).toList();
    } catch (IOException e) {
      return;
    }
    // Those of other users can't be removed, nor need they be.
    dead.stream().filter(Files::isWritable).forEach(RuntimeDirectory::delete);
  }

  private static boolean ofADeadProcess(Path directory) {
    Matcher name = NAME.matcher(directory.getFileName().toString());
    if (!name.matches() || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.group(1)));
    return process.isEmpty() || !process.get().isAlive();
  }

  private static MigrationException failed(IOException cause) {
    return new MigrationException(
        ErrorCode.BAD_ARGUMENT, "making a private directory for password files failed", cause);
  }
}
