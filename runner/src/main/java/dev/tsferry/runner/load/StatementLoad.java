package dev.tsferry.runner.load;

import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.SchemaFile;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Executes the statements of a schema file within the caller's transaction.
 *
 * <p>A statement that the target's user may not execute, and one that needs what such a statement
 * would have made, takes only itself back and is reported. Any other failure fails the load, but
 * only after the rest was tried, so that one attempt names all that is in the way.
 */
public final class StatementLoad {
  private static final String SAVEPOINT = "tsferry_statement";
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_CHARACTERS = 1 << 16;
  // An empty target may have a schema for an extension that its platform made.
  private static final String SCHEMA_THERE = "42P06";

  private final String step;
  private final Session target;
  private final Refusals refusals;
  private final List<StatementChange> refused = new ArrayList<>();
  private final List<StatementFailure> failures = new ArrayList<>();
  private final List<SchemaStatement> waiting = new ArrayList<>();
  private int atOnce;
  private int characters;
  private boolean marked;

  /**
   * @param step the step, for the report
   * @param target made by {@link dev.tsferry.runner.postgres.Server#connectForScript}
   * @param refusals which failures are no one's fault
   * @param together whether many statements go to the server at once, none of which takes long
   */
  public StatementLoad(String step, Session target, Refusals refusals, boolean together) {
    this.step = step;
    this.target = target;
    this.refusals = refusals;
    this.atOnce = together ? MOST_AT_ONCE : 1;
  }

  /**
   * Executes the file's statements but for those that {@code left} takes.
   *
   * @param before told each statement before it is executed
   * @return what the target refused, and schemas that it has
   * @throws MigrationException with every statement that failed
   */
  public List<StatementChange> load(
      Path file, Predicate<SchemaStatement> left, Consumer<SchemaStatement> before)
      throws SQLException {
    try (SchemaFile statements = new SchemaFile(file)) {
      for (Optional<SchemaStatement> next = statements.next();
          next.isPresent() && !failsTooOften();
          next = statements.next()) {
        if (!left.test(next.get())) {
          before.accept(next.get());
          add(next.get());
        }
      }
      executeWaiting();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StatementFailure.throwIfAny(step, failures);
    return List.copyOf(refused);
  }

  /** Executes one statement more, in the same way. */
  public List<StatementChange> load(List<SchemaStatement> statements) throws SQLException {
    for (SchemaStatement statement : statements) {
      execute(statement);
    }
    StatementFailure.throwIfAny(step, failures);
    return List.copyOf(refused);
  }

  private void add(SchemaStatement statement) throws SQLException {
    waiting.add(statement);
    characters += statement.text().length();
    if (waiting.size() >= atOnce || characters > MOST_CHARACTERS) {
      executeWaiting();
    }
  }

  // One way to the server and back for all, and one savepoint: those cost the more the more tables
  // the transaction has made. Where one statement fails, each is executed by itself.
  private void executeWaiting() throws SQLException {
    List<SchemaStatement> all = List.copyOf(waiting);
    waiting.clear();
    characters = 0;
    if (all.size() > 1) {
      mark();
      try {
        executeMarked(all.stream().map(SchemaStatement::text).collect(Collectors.joining("\n; ")));
        atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
        return;
      } catch (SQLException e) {
        takeBack(e);
        atOnce = Math.max(2, atOnce / 2);
      }
    }
    for (SchemaStatement statement : all) {
      if (!failsTooOften()) {
        execute(statement);
      }
    }
  }

  private boolean failsTooOften() {
    return failures.size() >= StatementFailure.MOST;
  }

  private void execute(SchemaStatement statement) throws SQLException {
    mark();
    try {
      executeMarked(statement.text());
    } catch (SQLException e) {
      takeBack(e);
      if (SCHEMA_THERE.equals(e.getSQLState()) && statement.starts("create", "schema")) {
        refused.add(
            new StatementChange(
                step,
                StatementChange.Kind.DROPPED,
                statement.shown(),
                "the target has the schema already, with an extension in it"));
      } else if (refusals.isRefusal(statement, e)) {
        refused.add(
            new StatementChange(
                step, StatementChange.Kind.REFUSED, statement.shown(), ServerErrors.message(e)));
      } else if (!refusals.isAftermath(e) || failures.isEmpty()) {
        failures.add(StatementFailure.of(statement, e));
      }
    }
  }

  private void mark() throws SQLException {
    if (!marked) {
      target.executeRaw("savepoint " + SAVEPOINT);
      marked = true;
    }
  }

  // One way to the server and back, and not three: the next one's savepoint goes along.
  private void executeMarked(String statements) throws SQLException {
    target.executeRaw(
        "%s\n; release savepoint %s; savepoint %s".formatted(statements, SAVEPOINT, SAVEPOINT));
  }

  private void takeBack(SQLException e) throws SQLException {
    if (String.valueOf(e.getSQLState()).startsWith("08") || isEnded(e)) {
      throw e;
    }
    target.executeRaw("rollback to savepoint " + SAVEPOINT);
  }

  // Cancelled, or thrown out by an administrator: the session's end, not the statement's fault.
  private static boolean isEnded(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("57");
  }
}
