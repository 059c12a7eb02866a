package dev.tsferry.runner.rollback;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes from the target what the run created, all of it in one transaction, which is taken back
 * if anything goes with it that was there before.
 */
public final class TargetRollback {
  private static final String DOING = "rolling the target back";

  private final Server target;
  private final Optional<Created> created;

  /** Of a run whose ledger is in the target. */
  public TargetRollback(Server target) {
    this(target, Optional.empty());
  }

  /**
   * Of a run that came to its end.
   *
   * @param created what it created
   */
  public TargetRollback(Server target, Optional<Created> created) {
    this.target = requireNonNull(target, "target is null");
    this.created = requireNonNull(created, "created is null");
  }

  /**
   * What is to be removed, and what stays.
   *
   * @param drops in words, such as {@code schema shop}
   * @param kept new on the target, and not the run's
   */
  public record Shown(List<String> drops, List<String> kept) {
    public Shown {
      drops = List.copyOf(drops);
      kept = List.copyOf(kept);
    }
  }

  /**
   * Shows what would be removed.
   *
   * @throws MigrationException {@code TARGET_NOT_EMPTY} if something that is not the run's lies in
   *     a schema that is
   */
  public Shown show() {
    try (Session session = target.connect("rollback")) {
      Removal removal = removal(session);
      return new Shown(shown(removal.drops()), shown(removal.kept()));
    }
  }

  /**
   * Removes it, and the ledger with it.
   *
   * @return what could not be removed, with the reason
   */
  public List<String> execute() {
    List<String> left = new ArrayList<>();
    int version = target.version();
    try (Session session = target.connect("rollback")) {
      session.transaction(
          DOING,
          connection -> {
            Removal removal = removal(session);
            Set<DatabaseObject> stays = new LinkedHashSet<>(before(session));
            stays.addAll(removal.kept());
            TargetTraits traits = TargetTraits.of(session, version);
            for (DatabaseObject object : removal.drops()) {
              drop(session, connection, object, traits).ifPresent(left::add);
            }
            session.executeRaw("drop schema if exists tsferry cascade");
            stays.removeAll(ObjectCatalog.of(session));
            refuseLoss(stays);
          });
    }
    return left;
  }

  private Set<DatabaseObject> before(Session session) {
    return created.map(Created::before).orElseGet(() -> ObjectRecord.readBefore(session));
  }

  private Removal removal(Session session) {
    Removal removal =
        Removal.of(
            before(session),
            ObjectCatalog.of(session),
            created.map(Created::carried).orElseGet(() -> ObjectRecord.readCarried(session)));
    if (!removal.inTheWay().isEmpty()) {
      throw new MigrationException(
          ErrorCode.TARGET_NOT_EMPTY,
          "%s: in schemas of the run there is what the run did not create: %s"
              .formatted(DOING, Findings.some(words(removal.inTheWay()))),
          "move it to another schema, or drop it, then roll back again");
    }
    return removal;
  }

  // A role may have something in another database; the rest is removed all the same.
  private static Optional<String> drop(
      Session session, Connection connection, DatabaseObject object, TargetTraits traits)
      throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      for (String statement : DropStatements.of(object, traits)) {
        session.executeRaw(statement);
      }
      connection.releaseSavepoint(savepoint);
      return Optional.empty();
    } catch (SQLException e) {
      connection.rollback(savepoint);
      if (!object.kind().equals("role")) {
        throw e;
      }
      return Optional.of("%s: %s".formatted(object, ServerErrors.message(e)));
    }
  }

  private static void refuseLoss(Set<DatabaseObject> lost) {
    if (!lost.isEmpty()) {
      throw new MigrationException(
          ErrorCode.TARGET_FAILED,
          "%s: what is not the run's would go with it, so nothing was removed: %s"
              .formatted(DOING, Findings.some(words(new LinkedHashSet<>(lost)))),
          "find out what of it depends on the run's objects, and settle that first");
    }
  }

  // Nobody reads a list of ten thousand chunks.
  private static List<String> shown(List<DatabaseObject> objects) {
    List<String> words =
        new ArrayList<>(words(objects.stream().filter(o -> !o.isInternal()).toList()));
    long internal = objects.stream().filter(DatabaseObject::isInternal).count();
    if (internal > 0) {
      words.add("%,d chunks and other tables of TimescaleDB's own".formatted(internal));
    }
    return words;
  }

  private static List<String> words(Iterable<DatabaseObject> objects) {
    List<String> words = new ArrayList<>();
    objects.forEach(object -> words.add(object.toString()));
    return words;
  }
}
