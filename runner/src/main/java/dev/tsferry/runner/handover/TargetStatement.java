package dev.tsferry.runner.handover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A statement for the target, and as whom it is to be executed.
 *
 * @param role the role as the server quotes it, empty for the session's own user
 * @param sql the statement without its semicolon
 */
public record TargetStatement(Optional<String> role, String sql) {
  public TargetStatement {
    requireNonNull(role, "role is null");
    requireNonNull(sql, "sql is null");
  }

  public static TargetStatement of(String sql) {
    return new TargetStatement(Optional.empty(), sql);
  }

  /** The same by the session's own user. */
  public TargetStatement byOwner() {
    return of(sql);
  }

  /** What the session executes, within a transaction. */
  String forSession() {
    return role.map(r -> "set local role %s; %s; set local role none".formatted(r, sql))
        .orElse(sql);
  }

  /** What a person runs. */
  public String forScript() {
    return role.map(r -> "SET ROLE %s;\n%s;\nRESET ROLE".formatted(r, sql)).orElse(sql);
  }
}
