package dev.tsferry.runner.handover;

import dev.tsferry.runner.postgres.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Executes statements in the caller's transaction so that a refused one takes only itself back.
 *
 * <p>Many go in one round trip; where one of them fails they are halved until it is alone. A grant
 * that the server passes over with a warning counts as refused.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
 */
public final class Attempts {
  private static final int AT_ONCE = 128;

  // The connection, the server or the machine is in trouble, which is no answer to the statement.
  private static final Set<String> NO_ANSWER = Set.of("08", "25", "40", "53", "57", "58", "XX");

  // privilege_not_granted, privilege_not_revoked
  private static final Set<String> WITHOUT_EFFECT = Set.of("01007", "01006");

  private final Connection connection;
  private final Runnable checkCancelled;

  public Attempts(Connection connection, Runnable checkCancelled) {
    this.connection = connection;
    this.checkCancelled = checkCancelled;
  }

  /**
   * Executes {@code statements} in order.
   *
   * @return the refused ones
   * @throws SQLException if the server can't go on
   */
  public List<Refusal> run(List<TargetStatement> statements) throws SQLException {
    List<Refusal> refused = new ArrayList<>();
    for (int i = 0; i < statements.size(); i += AT_ONCE) {
      run(statements.subList(i, Math.min(statements.size(), i + AT_ONCE)), refused);
    }
    return refused;
  }

  private void run(List<TargetStatement> part, List<Refusal> refused) throws SQLException {
    checkCancelled.run();
    Savepoint savepoint = connection.setSavepoint();
    Optional<String> failure = execute(part);
    if (failure.isEmpty()) {
      connection.releaseSavepoint(savepoint);
      return;
    }
    connection.rollback(savepoint);
    connection.releaseSavepoint(savepoint);
    if (part.size() == 1) {
      refused.add(new Refusal(part.get(0), failure.get()));
      return;
    }
    run(part.subList(0, part.size() / 2), refused);
    run(part.subList(part.size() / 2, part.size()), refused);
  }

  private Optional<String> execute(List<TargetStatement> part) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(
          String.join(";\n", part.stream().map(TargetStatement::forSession).toList()));
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        if (WITHOUT_EFFECT.contains(w.getSQLState())) {
          return Optional.of(String.valueOf(w.getMessage()));
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (isNoAnswer(e)) {
        throw e;
      }
      return Optional.of(ServerErrors.message(e));
    }
  }

  private static boolean isNoAnswer(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 || NO_ANSWER.contains(state.substring(0, 2));
  }
}
