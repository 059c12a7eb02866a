package dev.tsferry.runner.stream.loss;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** Which failures a new session may get over: the connection went, or others were in the way. */
public final class Losses {
  // Ended by an administrator, a crash, a server that starts or stops, too many connections;
  // picked out of a deadlock or of transactions that could not be put in an order.
  private static final Set<String> STATES =
      Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03", "40P01", "40001");
  private static final Set<ErrorCode> UNREACHABLE =
      Set.of(ErrorCode.SOURCE_UNREACHABLE, ErrorCode.TARGET_UNREACHABLE);

  private Losses() {}

  /** Whether a connection was lost or could not be had. */
  public static boolean isLoss(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || STATES.contains(state) || caused(e);
      }
      if (t instanceof MigrationException e && UNREACHABLE.contains(e.code())) {
        return true;
      }
    }
    return false;
  }

  private static boolean caused(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
