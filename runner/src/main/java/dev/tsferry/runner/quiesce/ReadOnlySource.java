package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the source's database read-only for new sessions, and undoes it. A production left so is
 * the worst outcome, so it is written down in the target and in the state directory before it is
 * done, whoever comes next can undo it, and it is set and undone from another database.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-DEFAULT-TRANSACTION-READ-ONLY">default_transaction_read_only</a>
 */
public final class ReadOnlySource {
  /** The file in the state directory that is there as long as the source may be changed. */
  public static final String MARKER = "source-changed";

  private static final String SETTING = "default_transaction_read_only";
  private static final String DOING = "looking at the settings of the source's database";

  private final Server source;
  private final Server target;
  private final Path marker;

  /**
   * @param target has the ledger
   */
  public ReadOnlySource(Server source, Server target, Path stateDirectory) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.marker = stateDirectory.resolve(MARKER);
  }

  private record Change(int id, String database, String before) {}

  /**
   * Why the database can't be made read-only, or empty if it can.
   *
   * @param session with the source
   */
  static Optional<String> obstacle(Session session) {
    if (!session.isTrue(
        DOING,
        "select pg_catalog.pg_has_role(datdba, 'USAGE') from pg_catalog.pg_database"
            + " where datname = current_database()")) {
      return Optional.of("the user does not own the database");
    }
    return otherDatabases(session).isEmpty()
        ? Optional.of("there is no other database to do it from")
        : Optional.empty();
  }

  /** What will be done, as SQL. */
  static String statement(Session session) {
    return session.text(
        DOING, "select format('ALTER DATABASE %I SET " + SETTING + " = on', current_database())");
  }

  /**
   * Makes the database read-only, unless it is already.
   *
   * @return what was done, or empty
   */
  public Optional<String> set() throws IOException {
    try (Session session = source.connect("quiesce")) {
      Optional<String> obstacle = obstacle(session);
      if (obstacle.isPresent()) {
        throw new MigrationException(
            ErrorCode.SOURCE_UNSUITABLE,
            "making the source read-only: " + obstacle.get(),
            "set pipeline.quiesce.readOnly to false in the plan");
      }
      String database = source.address().database();
      String before = value(session, database).orElse(null);
      if ("on".equals(before)) {
        return Optional.empty();
      }
      String statement = statement(session);
      record(database, before);
      AtomicFile.replaceDurably(marker, (statement + "\n").getBytes(StandardCharsets.UTF_8));
      alter(session, statement);
      return Optional.of(statement);
    }
  }

  /**
   * Undoes what is written down as done, by this attempt or one that died.
   *
   * @return what was undone
   */
  public List<String> undo() throws IOException {
    List<String> undone = new ArrayList<>();
    List<Change> changes = changes();
    if (!changes.isEmpty()) {
      try (Session session = source.connect("undo")) {
        for (Change change : changes) {
          undo(session, change).ifPresent(undone::add);
        }
      }
      try (Session session = target.connect("undo")) {
        session.execute("writing the ledger in the target", "delete from tsferry.source_change");
      }
    }
    Files.deleteIfExists(marker);
    return undone;
  }

  /** What {@link #undo} would execute. */
  public List<String> pending() {
    List<Change> changes = changes();
    if (changes.isEmpty()) {
      return List.of();
    }
    List<String> statements = new ArrayList<>();
    try (Session session = source.connect("undo")) {
      for (Change change : changes) {
        if (isOurs(session, change)) {
          statements.add(undoing(session, change));
        }
      }
    }
    return statements;
  }

  /** Whether a run with that state directory may have changed the source and not undone it. */
  public static boolean isPending(Path stateDirectory) {
    return Files.exists(stateDirectory.resolve(MARKER));
  }

  /** Keeps the change for good. */
  public void keep() throws IOException {
    Files.deleteIfExists(marker);
  }

  private Optional<String> undo(Session session, Change change) {
    if (!isOurs(session, change)) {
      return Optional.empty();
    }
    String statement = undoing(session, change);
    alter(session, statement);
    return Optional.of(statement);
  }

  // Somebody may have settled it in between, and what they chose stays.
  private static boolean isOurs(Session session, Change change) {
    return value(session, change.database()).filter("on"::equals).isPresent();
  }

  private static String undoing(Session session, Change change) {
    return change.before() == null
        ? session.text(
            DOING,
            "select format('ALTER DATABASE %I RESET " + SETTING + "', ?::text)",
            change.database())
        : session.text(
            DOING,
            "select format('ALTER DATABASE %I SET " + SETTING + " = %L', ?::text, ?::text)",
            change.database(),
            change.before());
  }

  private void alter(Session session, String statement) {
    MigrationException failure = null;
    for (String database : otherDatabases(session)) {
      try (Session elsewhere = source.connectElsewhere("quiesce", database)) {
        elsewhere.execute("executing " + statement, statement);
        return;
      } catch (MigrationException e) {
        failure = e;
      }
    }
    throw new MigrationException(
        ErrorCode.SOURCE_FAILED,
        "executing %s from another database of the source failed%s"
            .formatted(statement, failure == null ? "" : ": " + failure.getMessage()),
        failure,
        "execute it yourself, connected to the database postgres");
  }

  private static Optional<String> value(Session session, String database) {
    return session.first(
        DOING,
        """
        select split_part(c, '=', 2)
          from pg_catalog.pg_db_role_setting s join pg_catalog.pg_database d on d.oid = s.setdatabase,
               unnest(s.setconfig) c
         where d.datname = ? and s.setrole = 0 and split_part(c, '=', 1) = ?
        """,
        row -> row.getString(1),
        database,
        SETTING);
  }

  private static List<String> otherDatabases(Session session) {
    return session.list(
        DOING,
        """
        select datname::text from pg_catalog.pg_database
         where datallowconn and datname <> current_database() and datname <> 'rdsadmin'
           and pg_catalog.has_database_privilege(oid, 'CONNECT')
         order by datname <> 'postgres', datistemplate, datname
        """,
        row -> row.getString(1));
  }

  private List<Change> changes() {
    try (Session session = target.connect("undo")) {
      if (session.text(DOING, "select to_regclass('tsferry.source_change')::text") == null) {
        return List.of();
      }
      return session.list(
          DOING,
          "select id, database, value_before from tsferry.source_change order by id desc",
          row -> new Change(row.getInt(1), row.getString(2), row.getString(3)));
    }
  }

  private void record(String database, String before) {
    try (Session session = target.connect("quiesce")) {
      session.list(
          "writing the ledger in the target",
          "insert into tsferry.source_change (database, setting, value_before) values (?, ?, ?) returning id",
          row -> row.getInt(1),
          database,
          SETTING,
          before);
    }
  }
}
