package dev.tsferry.runner.postgres;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.process.CommandLine;
import dev.tsferry.runner.process.ProcessRunner;
import dev.tsferry.runner.process.StandardOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's client programs of one major version: where they are and how they are called.
 *
 * @param directory where psql, pg_dump, pg_dumpall and pg_restore are
 * @param major such as 15
 * @param minor such as 18
 */
public record ClientPrograms(Path directory, int major, int minor) {
  private static final List<String> PROGRAMS =
      List.of("psql", "pg_dump", "pg_dumpall", "pg_restore");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(?:\\.(\\d+))?");

  private static final int NEWER_MAJORS = 8;

  /** First minors without known holes in psql and pg_dump, by major. */
  private static final Map<Integer, Integer> SAFE_MINORS =
      Map.of(18, 7, 17, 12, 16, 16, 15, 20, 14, 25);

  /**
   * The programs of major version {@code major}, or of the next newer one that is installed, since
   * a host without PGDG has what its distribution has; whether that is too new for the target is
   * preflight's to say. The distribution's own folders come first, then the search path.
   *
   * @throws MigrationException {@code TOOL_MISSING} if one is missing, {@code TOOL_UNSUITABLE} if
   *     they are older
   */
  public static ClientPrograms find(int major, String searchPath, ProcessRunner runner, Path log)
      throws InterruptedException {
    List<Path> directories = new ArrayList<>();
    for (int candidate = major; candidate < major + NEWER_MAJORS; candidate++) {
      directories.add(Path.of("/usr/lib/postgresql/" + candidate + "/bin"));
      directories.add(Path.of("/usr/pgsql-" + candidate + "/bin"));
    }
    Stream.of(searchPath.split(":"))
        .filter(p -> !p.isEmpty())
        .map(Path::of)
        .forEach(directories::add);
    Path directory =
        directories.stream()
            .filter(
                candidate ->
                    PROGRAMS.stream().allMatch(p -> Files.isExecutable(candidate.resolve(p))))
            .findFirst()
            .orElseThrow(() -> missing(major));
    List<String> lines = new ArrayList<>();
    CommandLine command =
        new CommandLine(
            List.of(directory.resolve("pg_dump").toString(), "--version"),
            Map.of("PATH", searchPath, "LC_ALL", "C"));
    try {
      runner.run(command, log, StandardOutput.lines(lines::add));
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.TOOL_FAILED, "asking pg_dump for its version: " + e, e);
    }
    Matcher version = VERSION.matcher(String.join("\n", lines));
    if (!version.find() || Integer.parseInt(version.group(1)) < major) {
      throw new MigrationException(
          ErrorCode.TOOL_UNSUITABLE,
          "looking for PostgreSQL's client programs of version %d or newer: %s has \"%s\""
              .formatted(major, directory, String.join(" ", lines)),
          "install the package postgresql-client-" + major);
    }
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    return new ClientPrograms(directory, Integer.parseInt(version.group(1)), minor);
  }

  /** Such as {@code 15.18}. */
  public String version() {
    return major + "." + minor;
  }

  /** The first minor version without known holes, where this one has some. */
  public Optional<String> saferVersion() {
    Integer safe = SAFE_MINORS.get(major);
    return safe == null || minor >= safe ? Optional.empty() : Optional.of(major + "." + safe);
  }

  /**
   * The line that runs {@code program} as a client of {@code server}.
   *
   * @param purpose a word for the session's application name
   * @param options libpq's PGOPTIONS
   */
  public CommandLine command(
      Server server, String program, String purpose, String options, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(directory.resolve(program).toString());
    line.add("--dbname=" + server.connectionString(purpose));
    line.add("--no-password");
    line.addAll(arguments);
    Map<String, String> environment = new LinkedHashMap<>();
    Path passwordFile = server.passwordFile();
    environment.put("PATH", directory + ":/usr/bin:/bin");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", passwordFile.getParent().toString());
    environment.put("PGPASSFILE", passwordFile.toString());
    environment.put("PGOPTIONS", options);
    return new CommandLine(line, environment);
  }

  /** The line that runs {@code program} without a server. */
  public CommandLine command(String program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(directory.resolve(program).toString());
    line.addAll(arguments);
    return new CommandLine(line, Map.of("PATH", directory + ":/usr/bin:/bin", "LC_ALL", "C.UTF-8"));
  }

  private static MigrationException missing(int major) {
    return new MigrationException(
        ErrorCode.TOOL_MISSING,
        "looking for PostgreSQL's client programs: psql, pg_dump, pg_dumpall and pg_restore of version %d or newer are not there"
            .formatted(major),
        "sudo apt-get install -y postgresql-common && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y",
        "sudo apt-get install -y postgresql-client-" + major);
  }
}
