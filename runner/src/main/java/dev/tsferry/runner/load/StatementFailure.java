package dev.tsferry.runner.load;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Side;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/**
 * A statement that the target didn't execute, and what to do about it.
 *
 * @param statement what it does to which object
 */
public record StatementFailure(String statement, SQLException cause) {
  /** How many one attempt collects. */
  static final int MOST = 20;

  private static final int MOST_REMEDIES = 3;

  private static final Pattern FUNCTION =
      Pattern.compile("(?:SQL|PL/\\w+) function (\\S+?(?:\\([^)]*\\))?)(?: |$|\")");

  /** The failure of {@code statement}. */
  public static StatementFailure of(SchemaStatement statement, SQLException cause) {
    return new StatementFailure(statement.title(), cause);
  }

  /** What failed and why. */
  public String text() {
    String function = function().map(" in function %s"::formatted).orElse("");
    return "%s: %s%s".formatted(statement, ServerErrors.message(cause), function);
  }

  /** What to do. */
  public String remedy() {
    String state = String.valueOf(cause.getSQLState());
    Optional<String> function = function();
    if (function.isPresent() && state.startsWith("42")) {
      return "the function looks names up along a search_path, which is empty here and whenever an index is built or a view refreshed: on both sides, \"alter function %s set search_path = SCHEMA, pg_catalog\", then run again"
          .formatted(function.get());
    }
    return switch (state) {
      case "23505" ->
          "rows of the source break the key (a corrupt index there lets them): find them on the target, correct them on both sides, then run again";
      case "23503" ->
          "rows of the source break the foreign key: delete them on both sides, or make it NOT VALID on the source and begin anew";
      case "23514" ->
          "rows of the source break the check: correct them on both sides, or make it NOT VALID on the source and begin anew";
      case "42P06", "42P07", "42710", "42723" ->
          "the target has an object of this name: remove it there, then run again";
      case "42501" -> "grant the target's user what is missing, then run again";
      case "0A000" ->
          "the target doesn't support this: change it on the source, or leave the table out of pipeline.hypertables if it is one";
      case "58P01", "0A001" -> "the target lacks a file or library: ask its support for it";
      default -> "correct this on the target or the source, then run again";
    };
  }

  static void throwIfAny(String step, List<StatementFailure> failures) {
    if (failures.isEmpty()) {
      return;
    }
    Set<String> remedies = new LinkedHashSet<>();
    failures.forEach(failure -> remedies.add(failure.remedy()));
    String list =
        failures.size() == 1
            ? failures.get(0).text()
            : "%d%s statements failed\n  %s"
                .formatted(
                    failures.size(),
                    failures.size() == MOST ? " or more" : "",
                    String.join("\n  ", failures.stream().map(StatementFailure::text).toList()));
    throw new MigrationException(
        Side.TARGET.failed(),
        "loading %s into the target (nothing of it was kept): %s".formatted(step, list),
        remedies.stream().limit(MOST_REMEDIES).toList(),
        failures.get(0).cause());
  }

  // The innermost function that the server names as the place of the failure.
  private Optional<String> function() {
    if (!(cause instanceof PSQLException postgres)
        || postgres.getServerErrorMessage() == null
        || postgres.getServerErrorMessage().getWhere() == null) {
      return Optional.empty();
    }
    Matcher matcher = FUNCTION.matcher(postgres.getServerErrorMessage().getWhere());
    return matcher.find() ? Optional.of(matcher.group(1).replace("\"", "")) : Optional.empty();
  }
}
