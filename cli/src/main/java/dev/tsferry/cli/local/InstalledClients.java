package dev.tsferry.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which major versions of PostgreSQL's client programs this machine has. */
final class InstalledClients {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Path RED_HAT = Path.of("/usr");

  private InstalledClients() {}

  /** The major versions, ascending. */
  static List<Integer> majors(String searchPath) {
    TreeSet<Integer> majors = new TreeSet<>();
    folders(DEBIAN, "").forEach(folder -> addIfThere(folder, folder.getFileName() + "", majors));
    folders(RED_HAT, "pgsql-")
        .forEach(
            folder -> addIfThere(folder, folder.getFileName().toString().substring(6), majors));
    for (String directory : searchPath.split(":", -1)) {
      Path program = Path.of(directory).resolve("pg_dump");
      if (!directory.isEmpty() && Files.isExecutable(program)) {
        ask(program, majors);
        break;
      }
    }
    return new ArrayList<>(majors);
  }

  private static List<Path> folders(Path parent, String prefix) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(child -> child.getFileName().toString().matches(prefix + "[0-9]{2}"))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void addIfThere(Path folder, String major, Set<Integer> majors) {
    if (Files.isExecutable(folder.resolve("bin").resolve("pg_dump"))) {
      majors.add(Integer.valueOf(major));
    }
  }

  private static void ask(Path program, Set<Integer> majors) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
      Matcher version = VERSION.matcher(answer);
      if (version.find()) {
        majors.add(Integer.valueOf(version.group(1)));
      }
    } catch (IOException e) {
      // A program that does not start is as good as none.
    }
  }
}
