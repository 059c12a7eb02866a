package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.handover.TargetStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the target's objects to the roles that stand for their owners on the source, so that a
 * SECURITY DEFINER function, a view or a trigger runs with its owner's rights and not with those of
 * the target's user.
 */
final class Ownership {
  private final RoleMapping roles;
  private final TargetUser user;
  private final Attempts attempts;
  private final Outcome outcome;
  private final Set<ObjectKey> left = new HashSet<>();
  private final Set<ObjectKey> replaced = new HashSet<>();

  Ownership(RoleMapping roles, TargetUser user, Attempts attempts, Outcome outcome) {
    this.roles = roles;
    this.user = user;
    this.attempts = attempts;
    this.outcome = outcome;
  }

  private record Change(CatalogObject object, String owner, TargetStatement statement) {}

  /** Objects that are handed over, since they could not be given to their owner. */
  Set<ObjectKey> left() {
    return Set.copyOf(left);
  }

  /** Objects that belong to somebody else than on the source. */
  Set<ObjectKey> changed() {
    Set<ObjectKey> changed = new HashSet<>(left);
    changed.addAll(replaced);
    return changed;
  }

  /**
   * The new owner of an object, empty if it has the right one or the source's has no counterpart.
   */
  static Optional<String> newOwner(RoleMapping roles, CatalogObject source, CatalogObject target) {
    if (!source.ownable() || source.provided() || target == null || !target.ownable()) {
      return Optional.empty();
    }
    return roles
        .of(source.owner())
        .filter(
            owner -> !owner.equals(target.owner()) && !roles.isSame(source.owner(), target.owner()))
        // The schema public belongs to the database's owner by way of a role.
        .filter(
            owner -> !(owner.equals(roles.user()) && target.owner().equals("pg_database_owner")));
  }

  static String statement(RoleMapping roles, CatalogObject object, String owner) {
    return "ALTER %s %s OWNER TO %s"
        .formatted(object.kind().alterWord(), object.identity(), roles.sql(owner));
  }

  /** Gives away what is to be given away; schemas last, since their owner lets others in. */
  void carry(List<CatalogObject> source, Map<ObjectKey, CatalogObject> target) throws SQLException {
    List<Change> changes = new ArrayList<>();
    List<Change> schemas = new ArrayList<>();
    for (CatalogObject object : source) {
      CatalogObject there = target.get(object.key());
      reportOther(object, there);
      newOwner(roles, object, there)
          .map(
              owner ->
                  new Change(object, owner, TargetStatement.of(statement(roles, object, owner))))
          .ifPresent(object.kind() == ObjectKind.SCHEMA ? schemas::add : changes::add);
    }
    changes.addAll(schemas);
    Map<String, String> refusedOwners = join(changes);
    letCreate(changes);
    List<Change> possible = new ArrayList<>();
    for (Change change : changes) {
      String reason = refusedOwners.get(change.owner());
      if (reason == null) {
        possible.add(change);
      } else {
        leave(change, new Refusal(change.statement(), reason));
      }
    }
    Map<TargetStatement, Change> byStatement = new HashMap<>();
    possible.forEach(change -> byStatement.put(change.statement(), change));
    for (Refusal refusal : attempts.run(possible.stream().map(Change::statement).toList())) {
      leave(byStatement.get(refusal.statement()), refusal);
    }
  }

  private void leave(Change change, Refusal refusal) {
    left.add(change.object().key());
    outcome.refused(refusal);
  }

  // Nothing changes its owner unsaid, but what the source's user had and the target's has.
  private void reportOther(CatalogObject object, CatalogObject there) {
    String owner = object.owner();
    if (!object.ownable()
        || object.provided()
        || there == null
        || owner.isEmpty()
        || roles.isSame(owner, there.owner())) {
      return;
    }
    TargetStatement statement = TargetStatement.of(statement(roles, object, owner));
    if (roles.isPlatforms(owner)) {
      replaced.add(object.key());
      outcome.changed(
          statement,
          "a role of the source's platform; on the target it belongs to " + there.owner());
    } else if (roles.isReplaced(owner)) {
      replaced.add(object.key());
      outcome.changed(
          statement,
          "the target's user stands for %s, as for every owner; on the target it belongs to %s"
              .formatted(owner, roles.user()));
    } else if (roles.of(owner).isEmpty()) {
      left.add(object.key());
      outcome.dropped(statement, "the target has no role of that name");
    }
  }

  private Map<String, String> join(List<Change> changes) throws SQLException {
    Map<String, String> refused = new LinkedHashMap<>();
    Set<String> owners = new LinkedHashSet<>();
    changes.forEach(change -> owners.add(change.owner()));
    for (String owner : owners) {
      user.join(owner).ifPresent(reason -> refused.put(owner, reason));
    }
    return refused;
  }

  // A new owner must be able to create in the schema. Privileges that the source doesn't have are
  // taken back with the schema's own, later in the same transaction.
  private void letCreate(List<Change> changes) throws SQLException {
    Set<TargetStatement> grants = new LinkedHashSet<>();
    for (Change change : changes) {
      if (change.object().schema() != null) {
        grants.add(
            TargetStatement.of(
                "GRANT CREATE ON SCHEMA %s TO %s"
                    .formatted(change.object().schema(), roles.sql(change.owner()))));
      }
    }
    attempts.run(List.copyOf(grants));
  }
}
