package dev.tsferry.runner.state;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The run's record in the target's schema {@code tsferry}: whatever is loaded commits in one
 * transaction with its row there, which is inserted first, so that it is there exactly once or not
 * at all, whoever dies when.
 */
public final class Ledger {
  /** Whether parts of a step are recorded, such as some of the tables. */
  public boolean isBegun(String step) {
    try (Session session = target.visit("ledger")) {
      return session.isTrue(
          "reading the ledger in the target",
          "select exists (select from tsferry.step where step like ?)",
          step + "-%");
    }
  }

  /** What makes the ledger, statement by statement. */
  public static List<String> statements() {
    return List.of(LedgerSchema.SQL.strip().split(";\n?(?=\n|$)"));
  }

  /** The schema; a source that has one of this name is refused. */
  public static final String SCHEMA = "tsferry";

  private static final String DOING = "reading the ledger in the target's schema tsferry";

  /** Detail: the version of TimescaleDB that the target had before the run moved it. */
  public static final String TIMESCALEDB_BEFORE = "timescaledb-before";

  private static final String INSERT =
      "insert into tsferry.step (step, run_id, detail) values (?, ?, ?)";

  private final Server target;

  public Ledger(Server target) {
    this.target = target;
  }

  /**
   * What a run is about; an attempt that differs is refused.
   *
   * @param source identity of the source
   * @param sourceVersion the source's version as a number
   * @param pipeline what shapes the load, as text
   * @param programs version of PostgreSQL's client programs
   */
  public record Run(
      UUID id, String name, String source, int sourceVersion, String pipeline, String programs) {}

  /** The run that the target is in the middle of, or empty for an untouched target. */
  public Optional<Run> run() {
    try (Session session = target.visit("ledger")) {
      if (session.text(DOING, "select pg_catalog.to_regclass('tsferry.run')::text") == null) {
        return Optional.empty();
      }
      return session.first(
          DOING,
          "select id, name, source, source_version, pipeline, programs from tsferry.run",
          row ->
              new Run(
                  row.getObject(1, UUID.class),
                  row.getString(2),
                  row.getString(3),
                  row.getInt(4),
                  row.getString(5),
                  row.getString(6)));
    }
  }

  /**
   * Makes the schema with the run in it: the first thing that is written to the target.
   *
   * @param more what else is written in the same transaction
   */
  public void create(Run run, Consumer<Session> more) {
    try (Session session = target.visit("ledger")) {
      session.transaction(
          "making the ledger in the target",
          connection -> {
            session.executeRaw(LedgerSchema.SQL);
            insert(connection, run);
            more.accept(session);
          });
    }
  }

  /** What a step's row holds, or empty for a step that isn't done. */
  public Optional<String> detail(String step) {
    try (Session session = target.visit("ledger")) {
      return session.first(
          DOING,
          "select coalesce(detail, '') from tsferry.step where step = ?",
          row -> row.getString(1),
          step);
    }
  }

  /** Whether a step is done. */
  public boolean isDone(String step) {
    return detail(step).isPresent();
  }

  /** Inserts a step's row; to be called first in the step's own transaction. */
  public static void record(Connection connection, Run run, String step, String detail)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, step);
      insert.setObject(2, run.id());
      insert.setString(3, detail);
      insert.executeUpdate();
    }
  }

  /** Removes a step's row; what it stood for goes in the same transaction. */
  public static void forget(Connection connection, String step) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from tsferry.step where step = ?")) {
      delete.setString(1, step);
      delete.executeUpdate();
    }
  }

  /** Whether a refusal means that a row of the ledger is there already. */
  public static boolean isRecorded(SQLException refusal) {
    return PSQLState.UNIQUE_VIOLATION.getState().equals(refusal.getSQLState())
        && refusal instanceof PSQLException e
        && e.getServerErrorMessage() != null
        && SCHEMA.equals(e.getServerErrorMessage().getSchema());
  }

  /** The steps whose row's name begins so. */
  public Set<String> begunBy(String prefix) {
    try (Session session = target.visit("ledger")) {
      return new HashSet<>(
          session.list(
              DOING,
              "select step from tsferry.step where pg_catalog.starts_with(step, ?)",
              row -> row.getString(1),
              prefix));
    }
  }

  /**
   * The statement that inserts a step's row, for psql.
   *
   * @param detail letters, digits, colons and commas only
   */
  public static String recordStatement(Run run, String step, String detail) {
    if (!step.matches("[a-z0-9-]+") || !detail.matches("[a-zA-Z0-9:,]*")) {
      throw new IllegalArgumentException("not a plain word: " + step + " " + detail);
    }
    return "insert into tsferry.step (step, run_id, detail) values ('%s', '%s', '%s')"
        .formatted(step, run.id(), detail);
  }

  /** Notes what a step drops and changes, in place of what an attempt before noted for it. */
  public void replaceChanges(String step, List<StatementChange> changes) {
    try (Session session = target.visit("ledger")) {
      session.transaction(
          "writing the ledger in the target",
          connection -> replaceChanges(connection, step, changes));
    }
  }

  /** The same within the caller's transaction. */
  public static void replaceChanges(
      Connection connection, String step, List<StatementChange> changes) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from tsferry.change where step = ?")) {
      delete.setString(1, step);
      delete.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.change (step, number, kind, statement, reason)"
                + " values (?, ?, ?, ?, ?)")) {
      for (int i = 0; i < changes.size(); i++) {
        StatementChange change = changes.get(i);
        insert.setString(1, step);
        insert.setInt(2, i + 1);
        insert.setString(3, change.kind().name());
        insert.setString(4, change.statement());
        insert.setString(5, change.reason());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Every noted change, in the order of the steps. */
  public List<StatementChange> changes() {
    try (Session session = target.visit("ledger")) {
      return new ArrayList<>(
          session.list(
              DOING,
              "select c.step, c.kind, c.statement, c.reason from tsferry.change c"
                  + " left join tsferry.step s on s.step = c.step"
                  + " order by s.recorded_at, c.step, c.number",
              row ->
                  new StatementChange(
                      row.getString(1),
                      StatementChange.Kind.valueOf(row.getString(2)),
                      row.getString(3),
                      row.getString(4))));
    }
  }

  /** Removes the schema, when all that it holds is in the report. */
  public void drop() {
    try (Session session = target.visit("ledger")) {
      session.execute(
          "removing the ledger from the target", "drop schema if exists tsferry cascade");
    }
  }

  private static void insert(Connection connection, Run run) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.run (id, name, source, source_version, pipeline, programs)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, run.id());
      insert.setString(2, run.name());
      insert.setString(3, run.source());
      insert.setInt(4, run.sourceVersion());
      insert.setString(5, run.pipeline());
      insert.setString(6, run.programs());
      insert.executeUpdate();
    }
  }
}
