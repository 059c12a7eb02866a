package dev.tsferry.runner.password;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PasswordUtil;

/**
 * Roles with a password each, read from a file or made at random.
 *
 * <p>A line of the file is a role, a tab and its password; a tab, line end or backslash in one of
 * them is {@code \t}, {@code \n} or {@code \\}, as in COPY.
 *
 * <pre>
 * alice	correct horse battery staple
 * </pre>
 */
public final class RolePasswords {
  private static final int RANDOM_BYTES = 24;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final String DOING = "reading the passwords in %s: ";

  private final Map<String, Password> passwords;

  private RolePasswords(Map<String, Password> passwords) {
    this.passwords = Collections.unmodifiableMap(new LinkedHashMap<>(passwords));
  }

  /** A random password of 192 bits for each role. */
  public static RolePasswords generated(Collection<String> roles) {
    SecureRandom random = new SecureRandom();
    Map<String, Password> passwords = new LinkedHashMap<>();
    for (String role : roles) {
      byte[] bytes = new byte[RANDOM_BYTES];
      random.nextBytes(bytes);
      passwords.put(
          requireNonNull(role, "role is null"),
          new Password(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }
    return new RolePasswords(passwords);
  }

  /**
   * Reads a file that only its owner may read.
   *
   * @throws MigrationException {@code BAD_ARGUMENT} with every line that is wrong, never with what
   *     stands in it
   */
  public static RolePasswords read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, DOING.formatted(file) + "there is no such file");
    }
    refuseOpenFile(file);
    return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
  }

  /**
   * Takes the lines of such a file.
   *
   * @param name of where they came from, for messages
   * @throws MigrationException as {@link #read}
   */
  public static RolePasswords parse(List<String> lines, String name) {
    Map<String, Password> passwords = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\t", -1);
      if (lines.get(i).isEmpty()) {
        continue;
      }
      if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        problems.add("line %d is not a role, a tab and a password".formatted(i + 1));
      } else if (passwords.putIfAbsent(unescaped(parts[0]), new Password(unescaped(parts[1])))
          != null) {
        problems.add("line %d names a role a second time".formatted(i + 1));
      }
    }
    if (!problems.isEmpty()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          DOING.formatted(name) + String.join("; ", problems),
          "write a line for each role: its name, a tab, its password");
    }
    return new RolePasswords(passwords);
  }

  /** The roles in order. */
  public Set<String> roles() {
    return passwords.keySet();
  }

  /** What a server stores of each; computed anew, with new salts, at each call. */
  public RoleVerifiers verifiers() {
    return new RoleVerifiers(
        passwords.entrySet().stream()
            .map(
                entry ->
                    new RoleVerifiers.Entry(
                        entry.getKey(),
                        PasswordUtil.encodeScramSha256(entry.getValue().value().toCharArray())))
            .toList());
  }

  Password of(String role) {
    return requireNonNull(passwords.get(role), "not a role of these");
  }

  /**
   * Writes a file that {@link #read} takes, for its owner only; it must not be there yet.
   *
   * @throws MigrationException {@code FILE_EXISTS} if it is
   */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    passwords.forEach(
        (role, password) ->
            text.append(escaped(role)).append('\t').append(escaped(password.value())).append('\n'));
    writeSecretly(file, text.toString());
  }

  /**
   * Refuses to write over a file, which may hold the only copy of a password.
   *
   * @throws MigrationException {@code FILE_EXISTS} if it is there
   */
  public static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new MigrationException(
          ErrorCode.FILE_EXISTS,
          "writing passwords: there is a file %s already".formatted(file),
          "remove it or name another one");
    }
  }

  static void writeSecretly(Path file, String text) throws IOException {
    requireNew(file);
    AtomicFile.makePrivate(file.toAbsolutePath().getParent());
    // Made with its mode, so that nobody can open it in between.
    Files.createFile(file, OWNER_ONLY);
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }

  private static void refuseOpenFile(Path file) throws IOException {
    boolean open =
        Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    if (open) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          DOING.formatted(file) + "others than its owner may use the file",
          "run \"chmod 600 %s\"".formatted(file));
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  private static String unescaped(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        char escaped = text.charAt(i);
        result.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }
}
