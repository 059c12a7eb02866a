package dev.tsferry.runner.stream.loss;

import java.sql.SQLException;

/** A failure of the source where both sides work together; every other one is the target's. */
public final class SourceException extends SQLException {
  private static final long serialVersionUID = 1L;

  public SourceException(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause);
  }

  /** What the source said. */
  public SQLException original() {
    return (SQLException) getCause();
  }
}
