package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.quiesce.SourceChangeTable.Change;
import dev.tsferry.runner.state.ChangeNotes;
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
  private static final String SETTING = "default_transaction_read_only";
  private static final String DOING = "looking at the settings of the source's database";

  private final Server source;
  private final SourceChangeTable changes;
  private final ChangeNotes notes;

  /**
   * @param target has the ledger
   */
  public ReadOnlySource(Server source, Server target, ChangeNotes notes) {
    this.source = requireNonNull(source, "source is null");
    this.changes = new SourceChangeTable(requireNonNull(target, "target is null"));
    this.notes = requireNonNull(notes, "notes is null");
  }

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
  public Optional<String> set() {
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
      Change change = new Change(database, before);
      changes.add(SETTING, change);
      notes.write(ChangeNotes.Kind.SOURCE_READ_ONLY, change);
      alter(session, statement);
      return Optional.of(statement);
    }
  }

  /**
   * Undoes what is written down as done, by this attempt or one that died; also where the ledger
   * can't be reached.
   *
   * @return what was undone
   */
  public List<String> undo() {
    List<String> undone = new ArrayList<>();
    List<Change> made = made();
    if (!made.isEmpty()) {
      try (Session session = source.connect("undo")) {
        for (Change change : made) {
          undo(session, change).ifPresent(undone::add);
        }
      }
      try {
        changes.clear();
      } catch (MigrationException e) {
        // The note stays, and with it the errand to clear the ledger.
        return undone;
      }
    }
    notes.forget(ChangeNotes.Kind.SOURCE_READ_ONLY);
    return undone;
  }

  /** What {@link #undo} would execute. */
  public List<String> pending() {
    List<Change> made = made();
    if (made.isEmpty()) {
      return List.of();
    }
    List<String> statements = new ArrayList<>();
    try (Session session = source.connect("undo")) {
      for (Change change : made) {
        if (isOurs(session, change)) {
          statements.add(undoing(session, change));
        }
      }
    }
    return statements;
  }

  /** Keeps the change for good. */
  public void keep() {
    changes.clear();
    notes.forget(ChangeNotes.Kind.SOURCE_READ_ONLY);
  }

  private List<Change> made() {
    try {
      return changes.all();
    } catch (MigrationException e) {
      Optional<Change> noted = notes.read(ChangeNotes.Kind.SOURCE_READ_ONLY, Change.class);
      if (noted.isEmpty()) {
        throw e;
      }
      return List.of(noted.get());
    }
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
}
