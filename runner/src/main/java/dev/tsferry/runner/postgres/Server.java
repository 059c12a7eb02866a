package dev.tsferry.runner.postgres;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import dev.tsferry.runner.process.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * One of the two databases: opens sessions, and says to PostgreSQL's programs how to. Its password
 * is read once, and again when a login fails, since RDS may rotate it in the middle of a run.
 */
public final class Server implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  // How long the kernel tries to send what nobody answers.
  private static final int UNANSWERED_MILLIS = 120_000;

  private final Side side;
  private final DatabaseAddress address;
  private final Path runtimeDirectory;
  private final Cancellation cancellation;
  private final Logins logins;

  /**
   * @param passwords reads the password anew at each call
   * @param runtimeDirectory where files with secrets are put while the run lasts
   */
  public Server(
      Side side,
      DatabaseAddress address,
      Supplier<String> passwords,
      Path runtimeDirectory,
      Cancellation cancellation) {
    this(side, address, runtimeDirectory, cancellation, new Logins(passwords));
  }

  private Server(
      Side side,
      DatabaseAddress address,
      Path runtimeDirectory,
      Cancellation cancellation,
      Logins logins) {
    this.logins = logins;
    this.side = side;
    this.address = address;
    this.runtimeDirectory = runtimeDirectory.toAbsolutePath();
    this.cancellation = cancellation;
  }

  public Side side() {
    return side;
  }

  public DatabaseAddress address() {
    return address;
  }

  /**
   * A new session.
   *
   * @param purpose a word for the session's application name
   * @throws MigrationException with one of the side's codes, if the server can't be reached or
   *     refuses the login
   */
  public Session connect(String purpose) {
    return session(own(purpose, PreferQueryMode.EXTENDED), null);
  }

  /**
   * A session for a few statements, one that an earlier visit left where there is one: TLS and a
   * login cost far more than a look at the catalogue. Whoever gets it leaves it as it was, and sets
   * nothing in it; what a session takes from the database's settings may be older than they are.
   */
  public Session visit(String purpose) {
    IdleConnections visits = logins.visits();
    for (Optional<Connection> next = visits.take(); next.isPresent(); next = visits.take()) {
      Session session = new Session(side, next.get(), cancellation, visits);
      try {
        session.text(
            "looking whether a session lives",
            "select pg_catalog.set_config('application_name', ?, false)",
            applicationName(purpose));
        return session;
      } catch (MigrationException e) {
        session.abort();
        cancellation.check();
      }
    }
    return session(own(purpose, PreferQueryMode.EXTENDED), visits);
  }

  /** Has the next visits begin anew, since what sessions take from the database has changed. */
  public void forgetVisits() {
    logins.forgetVisits();
  }

  /**
   * A session in another database of the same server, that may write: the one way to change a
   * setting of the source's database, which a session in it may be too read-only for.
   */
  public Session connectElsewhere(String purpose, String database) {
    return session(login(purpose, database, false, PreferQueryMode.EXTENDED), null);
  }

  /**
   * A new session for statements of a dump: the server, not the driver, tells one statement from
   * the next, since the driver would cut a function whose body is SQL into pieces.
   */
  public Session connectForScript(String purpose) {
    return session(own(purpose, PreferQueryMode.SIMPLE), null);
  }

  private JdbcLogin own(String purpose, PreferQueryMode mode) {
    return login(purpose, address.database(), side == Side.SOURCE, mode);
  }

  private JdbcLogin login(String purpose, String database, boolean readOnly, PreferQueryMode mode) {
    return new JdbcLogin(address, certificateAuthority(), purpose, database, readOnly, mode);
  }

  private Session session(JdbcLogin login, IdleConnections visits) {
    cancellation.check();
    Connection connection;
    try {
      connection = openWhenReady(login);
    } catch (SQLException e) {
      if (!ServerErrors.WRONG_PASSWORD.equals(e.getSQLState())) {
        throw ServerErrors.connecting(side, address, e);
      }
      try {
        connection = open(login, true);
      } catch (SQLException again) {
        throw ServerErrors.connecting(side, address, again);
      }
    }
    Session session = new Session(side, connection, cancellation, visits);
    session.execute("preparing a session", SessionSettings.SQL);
    return session;
  }

  // A server that starts or recovers is there in a moment.
  private Connection openWhenReady(JdbcLogin login) throws SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        return open(login, false);
      } catch (SQLException e) {
        if (!ServerErrors.NOT_READY.equals(e.getSQLState())
            || System.nanoTime() - start > READY_WITHIN.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        cancellation.check();
      }
    }
  }

  /**
   * The same server for sessions that a cancelled run still needs, to undo what it did. Nothing of
   * it is to be closed.
   */
  public Server regardlessOfCancellation() {
    return new Server(
        side, address, runtimeDirectory, new Cancellation(), logins.withoutConnections());
  }

  /**
   * The same server for sessions of a part of the run, which end when the run is cancelled and when
   * {@code part} is. Nothing of it is to be closed.
   */
  public Server within(Cancellation part) {
    cancellation.onCancel(part::cancel);
    return new Server(side, address, runtimeDirectory, part, logins);
  }

  /** The server's version as a number, such as 150018 for 15.18. */
  public int version() {
    if (logins.version() == 0) {
      connect("version").close();
    }
    return logins.version();
  }

  /** The server's major version, such as 15. */
  public int majorVersion() {
    return version() / 10_000;
  }

  /** The application name of {@code purpose}'s sessions. */
  public static String applicationName(String purpose) {
    return "tsferry-" + purpose;
  }

  /** libpq's words for this database, without a password. */
  public String connectionString(String purpose) {
    Map<String, String> keywords = new LinkedHashMap<>();
    keywords.put("host", address.host());
    keywords.put("port", String.valueOf(address.port()));
    keywords.put("dbname", address.database());
    keywords.put("user", address.user());
    keywords.put("sslmode", address.tls().mode().sslmode());
    certificateAuthority().ifPresent(file -> keywords.put("sslrootcert", file.toString()));
    keywords.put("gssencmode", "disable");
    keywords.put("connect_timeout", String.valueOf(JdbcLogin.CONNECT_SECONDS));
    keywords.put("keepalives_idle", String.valueOf(KeepAliveSockets.IDLE_SECONDS));
    keywords.put("keepalives_interval", String.valueOf(KeepAliveSockets.INTERVAL_SECONDS));
    keywords.put("keepalives_count", String.valueOf(KeepAliveSockets.COUNT));
    keywords.put("tcp_user_timeout", String.valueOf(UNANSWERED_MILLIS));
    keywords.put("application_name", applicationName(purpose));
    return ConnectionString.of(keywords);
  }

  /** A password file that works now: a login is tried first, and the password read again if not. */
  public Path passwordFile() {
    if (!logins.isRecent()) {
      connect("login").close();
    }
    Path file = runtimeDirectory.resolve(side.word() + ".pgpass");
    try {
      AtomicFile.makePrivate(runtimeDirectory);
      PasswordFile.write(file, PasswordFile.line(address, logins.password(false)));
    } catch (IOException e) {
      throw unwritable(e);
    }
    return file;
  }

  /** Removes what was written into the runtime directory. */
  @Override
  public void close() {
    logins.visits().close();
    try {
      Files.deleteIfExists(runtimeDirectory.resolve(side.word() + ".pgpass"));
      Files.deleteIfExists(runtimeDirectory.resolve(side.word() + ".pem"));
    } catch (IOException e) {
      // The directory is the unit's own and goes with it.
    }
  }

  private Connection open(JdbcLogin login, boolean passwordAnew) throws SQLException {
    Connection connection = login.with(logins.password(passwordAnew));
    logins.succeeded(
        connection.unwrap(BaseConnection.class).getQueryExecutor().getServerVersionNum());
    return connection;
  }

  private synchronized Optional<Path> certificateAuthority() {
    try {
      AtomicFile.makePrivate(runtimeDirectory);
      return CertificateAuthority.file(
          side, address.tls(), runtimeDirectory.resolve(side.word() + ".pem"));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private MigrationException unwritable(IOException e) {
    return new MigrationException(
        ErrorCode.BAD_ARGUMENT,
        "writing to the runtime directory %s: %s".formatted(runtimeDirectory, e),
        e,
        "give a directory that the user may write to");
  }
}
