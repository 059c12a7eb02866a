package dev.tsferry.runner.postgres;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.process.ProcessResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words what the last lines of PostgreSQL's client programs mean. */
public final class ToolErrors {
  // psql's verbose form; pg_dump has no code.
  private static final Pattern SERVER_ERROR =
      Pattern.compile("(?:ERROR|FATAL|PANIC):  (?:([0-9A-Z]{5}): )?(.*)");
  private static final Pattern TOOL_ERROR =
      Pattern.compile("(?:pg_dump|pg_dumpall|pg_restore|psql): (?:error: )?(.*)");

  // libpq's own words, for which no server has a code.
  private static final Pattern CONNECTION_LOST =
      Pattern.compile(
          "server closed the connection unexpectedly|connection to server was lost"
              + "|SSL SYSCALL error|SSL connection has been closed unexpectedly"
              + "|could not (?:receive|send) data (?:from|to) server");

  private static final Pattern COPY_CONTEXT =
      Pattern.compile("^CONTEXT:  COPY (.*?), line (\\d+)(?:, column ([^:]*))?");

  private static final String NO_SPACE = "No space left on device";

  private ToolErrors() {}

  /** The failure of {@code program}, by its last lines. */
  public static MigrationException failed(
      Side side, String doing, String program, ProcessResult result) {
    for (int i = result.errorTail().size() - 1; i >= 0; i--) {
      Matcher server = SERVER_ERROR.matcher(result.errorTail().get(i));
      if (server.find()) {
        String message = server.group(2);
        String code = server.group(1) == null ? codeOf(message) : server.group(1);
        String place = place(result.errorTail().subList(i + 1, result.errorTail().size()));
        return ServerErrors.working(side, doing, code, program + " says: " + message + place, null);
      }
    }
    Optional<String> lost =
        result.errorTail().stream()
            .filter(line -> CONNECTION_LOST.matcher(line).find())
            .findFirst();
    if (lost.isPresent()) {
      String said = lost.get().replaceFirst("^.*?error: ", "");
      return ServerErrors.working(side, doing, "08006", program + " says: " + said, null);
    }
    String words = lastWords(result.errorTail());
    String message =
        "%s: %s ended with exit code %d%s".formatted(doing, program, result.exitCode(), words);
    // No server said it: it is the disk that the program itself writes to.
    return words.contains(NO_SPACE)
        ? new MigrationException(ErrorCode.DISK_FULL, message, "make room, then run again")
        : new MigrationException(ErrorCode.TOOL_FAILED, message, "see the log of this step");
  }

  // Where rows failed; what stands in the row is nobody's business.
  private static String place(List<String> lines) {
    for (String line : lines) {
      Matcher copy = COPY_CONTEXT.matcher(line);
      if (copy.find()) {
        return " (rows of %s, line %s%s)"
            .formatted(
                copy.group(1),
                copy.group(2),
                copy.group(3) == null ? "" : ", column " + copy.group(3));
      }
    }
    return "";
  }

  private static String codeOf(String message) {
    if (message.contains("terminating connection due to administrator command")) {
      return "57P01";
    }
    if (message.contains("canceling statement due to lock timeout")) {
      return "55P03";
    }
    if (message.contains(NO_SPACE)) {
      return "53100";
    }
    if (message.startsWith("permission denied")) {
      return "42501";
    }
    return "";
  }

  private static String lastWords(List<String> tail) {
    for (int i = tail.size() - 1; i >= 0; i--) {
      Matcher tool = TOOL_ERROR.matcher(tail.get(i));
      if (tool.find()) {
        return ": " + tool.group(1);
      }
    }
    return tail.isEmpty() ? "" : ": " + tail.get(tail.size() - 1);
  }
}
