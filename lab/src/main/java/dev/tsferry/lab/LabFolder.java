package dev.tsferry.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The folder {@code .lab}, through which a shell learns where the lab is.
 *
 * <pre>
 * .lab/lab.env           AWS_ENDPOINT_URL and the other variables, to be sourced
 * .lab/target-password   what a user would have been told when the service was created
 * .lab/source-password   for the comparison; tsferry reads it from the emulated secret
 * .lab/source-ca.pem     authority of the source's certificate
 * .lab/target-ca.pem     authority of the target's certificate
 * </pre>
 *
 * Only the owner can read it: the passwords open nothing but the lab, and are treated as if they
 * did.
 */
record LabFolder(Path path) {
  static final String ENVIRONMENT = "lab.env";
  static final String TARGET_PASSWORD = "target-password";
  static final String SOURCE_PASSWORD = "source-password";
  static final String SOURCE_CA = "source-ca.pem";
  static final String TARGET_CA = "target-ca.pem";
  private static final List<String> FILES =
      List.of(ENVIRONMENT, SOURCE_PASSWORD, TARGET_PASSWORD, SOURCE_CA, TARGET_CA);

  void write(String file, String content) {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      Files.writeString(path.resolve(file), content);
      Files.setPosixFilePermissions(
          path.resolve(file), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + path.resolve(file), e);
    }
  }

  void writeEnvironment(Map<String, String> variables) {
    write(
        ENVIRONMENT,
        variables.entrySet().stream()
            .map(variable -> "export %s='%s'\n".formatted(variable.getKey(), variable.getValue()))
            .sorted()
            .collect(Collectors.joining()));
  }

  /** The variables that {@link #writeEnvironment} wrote. */
  Map<String, String> environment() {
    return read(ENVIRONMENT)
        .lines()
        .map(line -> line.substring("export ".length()).split("=", 2))
        .collect(
            Collectors.toMap(
                variable -> variable[0],
                variable -> variable[1].substring(1, variable[1].length() - 1)));
  }

  String read(String file) {
    try {
      return Files.readString(path.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + path.resolve(file) + ": is the lab up?", e);
    }
  }

  /** Removes what {@link #write} wrote; plans and reports that a user put there stay. */
  void clear() {
    try {
      for (String file : FILES) {
        Files.deleteIfExists(path.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("emptying " + path, e);
    }
  }
}
