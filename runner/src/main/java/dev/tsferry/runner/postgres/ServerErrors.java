package dev.tsferry.runner.postgres;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.MigrationException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says in words what a server's refusal means and what to do next. The original stays as the cause,
 * for the log.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
 */
public final class ServerErrors {
  static final String WRONG_PASSWORD = "28P01";

  /** The server starts, recovers or shuts down. */
  static final String NOT_READY = "57P03";

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private ServerErrors() {}

  /** Words for a failed login or connection attempt. */
  static MigrationException connecting(Side side, DatabaseAddress address, SQLException e) {
    String doing =
        "connecting to the %s %s:%d as %s"
            .formatted(side.word(), address.host(), address.port(), address.user());
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("28")) {
      return login(side, address, doing, e);
    }
    if (state.equals("3D000")) {
      return new MigrationException(
          side.loginFailed(),
          "%s: there is no database %s".formatted(doing, address.database()),
          e,
          "check the %s's database name in the plan".formatted(side.word()));
    }
    if (state.startsWith("57")) {
      return new MigrationException(side.unreachable(), doing + ": " + message(e), e, ended(side));
    }
    if (state.equals("53300")) {
      return new MigrationException(
          side.unreachable(), doing + ": " + message(e), e, "end other connections and run again");
    }
    return new MigrationException(
        side.unreachable(), doing + ": " + network(address, e), List.of(hint(side, address, e)), e);
  }

  /** Words for a failure while {@code doing} something on a server. */
  public static MigrationException working(Side side, String doing, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return working(side, doing, state, message(e), e);
  }

  static MigrationException working(
      Side side, String doing, String state, String message, Throwable cause) {
    String where = doing.contains(side.word()) ? "" : " on the " + side.word();
    String text = "%s%s: %s".formatted(doing, where, message);
    return switch (state) {
      case "57P01", "57P02", NOT_READY, "57P05" ->
          new MigrationException(side.interrupted(), text, cause, ended(side));
      case "55P03" ->
          new MigrationException(
              side.failed(),
              text,
              cause,
              "somebody else holds a lock on a table: see pg_locks for who, or wait longer with --lock-wait SECONDS (pipeline.transfer.lockWaitSeconds in the plan)");
      case "53100" ->
          new MigrationException(
              side.failed(),
              text,
              cause,
              "the %s's disk is full: enlarge it, then run again".formatted(side.word()));
      case INSUFFICIENT_PRIVILEGE ->
          new MigrationException(
              side.failed(),
              text,
              cause,
              "grant the %s's user what is missing, then run again".formatted(side.word()));
      default ->
          state.startsWith("08")
              ? new MigrationException(
                  side.interrupted(),
                  text,
                  cause,
                  "the connection with the %s was lost; run again, it goes on from the last recorded step"
                      .formatted(side.word()))
              : new MigrationException(side.failed(), text, cause);
    };
  }

  private static String ended(Side side) {
    return "a %s that gets a bigger disk or restarts ends all connections; run again, it goes on from the last recorded step"
        .formatted(side.word());
  }

  /** The server's own words, without detail that may hold data. */
  public static String message(SQLException e) {
    if (e instanceof PSQLException postgres) {
      ServerErrorMessage server = postgres.getServerErrorMessage();
      if (server != null && server.getMessage() != null) {
        return server.getMessage();
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static MigrationException login(
      Side side, DatabaseAddress address, String doing, SQLException e) {
    String message = message(e);
    if (message.contains("no encryption") || message.contains("SSL off")) {
      return new MigrationException(
          side.loginFailed(),
          doing + ": the server lets nobody in without TLS",
          e,
          "set the %s's tls.mode to verify-full in the plan".formatted(side.word()));
    }
    if (message.contains("pg_hba.conf")) {
      return new MigrationException(
          side.loginFailed(),
          doing + ": " + message,
          e,
          "check user and database name (%s) in the plan".formatted(address.database()));
    }
    return new MigrationException(
        side.loginFailed(),
        doing + ": " + message,
        e,
        "check the %s's user and set its password again".formatted(side.word()));
  }

  private static String network(DatabaseAddress address, SQLException e) {
    if (caused(e, UnknownHostException.class)) {
      return "no such host name";
    }
    if (caused(e, ConnectException.class) && !caused(e, SocketTimeoutException.class)) {
      return "nothing listens there (connection refused)";
    }
    if (caused(e, SocketTimeoutException.class) || caused(e, NoRouteToHostException.class)) {
      return "no answer";
    }
    if (caused(e, SSLException.class) || message(e).contains("SSL")) {
      return "TLS (%s) failed: %s".formatted(address.tls().mode().sslmode(), deepest(e));
    }
    return message(e);
  }

  private static String hint(Side side, DatabaseAddress address, SQLException e) {
    if (caused(e, UnknownHostException.class)) {
      return "check the %s's host name in the plan".formatted(side.word());
    }
    if (caused(e, SSLException.class) || message(e).contains("SSL")) {
      return address.tls().mode() == TlsMode.DISABLE
          ? "check the %s's tls.mode in the plan".formatted(side.word())
          : "check the %s's tls.mode and tls.ca in the plan, and that its host is the name in the server's certificate"
              .formatted(side.word());
    }
    return side == Side.SOURCE
        ? "check host and port, and that the source's security group lets this machine in, then run again"
        : "check host and port, and that the service is running and lets this machine in, then run again";
  }

  /** Whether a failure has one of that type behind it. */
  static boolean caused(Throwable e, Class<? extends Throwable> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static String deepest(Throwable e) {
    Throwable t = e;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return String.valueOf(t.getMessage());
  }
}
