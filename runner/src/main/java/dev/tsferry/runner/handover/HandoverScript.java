package dev.tsferry.runner.handover;

import java.util.ArrayList;
import java.util.List;

/**
 * The script of what is left to a person.
 *
 * <pre>
 * -- roles: permission denied to grant role "pg_read_all_data"
 * GRANT "pg_read_all_data" TO "nightly-export";
 * </pre>
 *
 * It goes on after a statement that fails, since some need rights that only the target's support
 * has.
 */
public final class HandoverScript {
  private static final String HEAD =
      """
      -- What tsferry could not do on the target, and why. Each statement stands alone: read it, run
      -- it as a user who may, or let it be. Run by: psql -X -f handover.sql "$TARGET"
      \\set ON_ERROR_STOP 0
      \\set ECHO queries
      """;

  private HandoverScript() {}

  /** The script as text. */
  public static String text(List<HandoverStatement> statements) {
    List<String> parts = new ArrayList<>(List.of(HEAD));
    for (HandoverStatement statement : statements) {
      parts.add(
          "%s%s;\n"
              .formatted(
                  comment(statement.step() + ": " + statement.reason()),
                  statement.statement().strip().replaceFirst(";$", "")));
    }
    return String.join("\n", parts);
  }

  // A reason may quote a name with a line end in it, which would end the comment.
  private static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    for (String line : text.split("\\R", -1)) {
      comment.append("-- ").append(line).append('\n');
    }
    return comment.toString();
  }
}
