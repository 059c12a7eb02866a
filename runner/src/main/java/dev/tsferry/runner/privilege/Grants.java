package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.handover.TargetStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives and takes privileges on the target's objects until they are the source's. */
final class Grants {
  private final RoleMapping roles;
  private final AclTranslation translation;
  private final Set<String> known;
  private final TargetUser user;
  private final Attempts attempts;
  private final Outcome outcome;
  private final Set<ObjectKey> left = new HashSet<>();
  private int platforms;

  Grants(
      RoleMapping roles,
      AclTranslation translation,
      Set<String> known,
      TargetUser user,
      Attempts attempts,
      Outcome outcome) {
    this.roles = roles;
    this.translation = translation;
    this.known = Set.copyOf(known);
    this.user = user;
    this.attempts = attempts;
    this.outcome = outcome;
  }

  private record Change(CatalogObject object, TargetStatement statement) {}

  /** Objects on which something was refused. */
  Set<ObjectKey> left() {
    return Set.copyOf(left);
  }

  /** How many privileges of the platform's own roles stayed behind. */
  int platforms() {
    return platforms;
  }

  /** Schemas first: whoever gives something on an object must be able to see it. */
  void carry(List<CatalogObject> source, Map<ObjectKey, CatalogObject> target) throws SQLException {
    List<Change> changes = new ArrayList<>();
    source.stream()
        .filter(object -> !object.kind().grantWord().isEmpty())
        .sorted(Comparator.comparing(object -> object.kind() != ObjectKind.SCHEMA))
        .forEach(
            object -> {
              if (object.provided()) {
                changes.addAll(wishes(object));
              } else if (target.containsKey(object.key())) {
                changes.addAll(differences(object, target.get(object.key())));
              }
            });
    Set<String> acting = new TreeSet<>();
    Map<String, String> names = new HashMap<>();
    roles.quoted().forEach((name, quoted) -> names.put(quoted, name));
    changes.forEach(change -> change.statement().role().map(names::get).ifPresent(acting::add));
    user.actFor(acting);
    run(changes);
  }

  private List<Change> differences(CatalogObject object, CatalogObject there) {
    AclStatements statements = statements(there, there.owner());
    Acl current = translation.known(Acl.of(there.acl()));
    AclTranslation.Wanted wanted =
        translation.wanted(Acl.of(object.acl()), object.owner(), current, there.owner());
    lose(object, wanted.lost());
    Acl safe = withoutOldDefault(object, wanted.acl(), current, statements);
    return statements.change(current, safe, known).stream()
        .map(statement -> new Change(object, statement))
        .toList();
  }

  /** A provided object isn't ours: only what somebody changed about it on the source is tried. */
  private List<Change> wishes(CatalogObject object) {
    Acl before = Acl.of(object.initial()).effective();
    Acl after = Acl.of(object.acl()).effective();
    Acl none = new Acl(Map.of());
    List<Change> changes = new ArrayList<>();
    AclTranslation.Wanted gone = translation.wanted(before.minus(after), "", none, "");
    AclTranslation.Wanted added = translation.wanted(after.minus(before), "", none, "");
    lose(object, added.lost());
    Acl revoked = gone.acl().only(entry -> !added.acl().entries().containsKey(entry));
    AclStatements statements = statements(object, "");
    statements
        .change(revoked, none, known)
        .forEach(statement -> changes.add(new Change(object, statement)));
    statements.grants(added.acl()).forEach(statement -> changes.add(new Change(object, statement)));
    return changes;
  }

  // Before PostgreSQL 15 everybody could create in the schema public. Nobody asked for that, and a
  // newer server no longer has it: a person decides.
  private Acl withoutOldDefault(
      CatalogObject object, Acl wanted, Acl current, AclStatements statements) {
    if (object.kind() != ObjectKind.SCHEMA || !object.identity().equals("\"public\"")) {
      return wanted;
    }
    Acl opened =
        wanted
            .minus(current)
            .only(
                entry ->
                    entry.grantee().equals(AclItem.PUBLIC) && entry.privilege().equals("CREATE"));
    for (TargetStatement statement : statements.grants(opened)) {
      left.add(object.key());
      outcome.dropped(
          statement,
          "everybody may create in the source's schema public, as was the default before PostgreSQL 15; on the target only who is granted it may");
    }
    return wanted.only(entry -> !opened.entries().containsKey(entry));
  }

  private AclStatements statements(CatalogObject object, String owner) {
    return new AclStatements(roles, "", object.kind().grantWord() + " " + object.identity(), owner);
  }

  private void lose(CatalogObject object, Acl lost) {
    Acl missed = lost.only(entry -> !roles.isPlatforms(entry.grantee()));
    platforms += lost.entries().size() - missed.entries().size();
    Acl byOwner = missed.effective();
    for (TargetStatement statement : statements(object, "").grants(byOwner)) {
      left.add(object.key());
      outcome.dropped(statement, "the target has no role of that name");
    }
  }

  private void run(List<Change> changes) throws SQLException {
    Map<TargetStatement, CatalogObject> objects = new HashMap<>();
    changes.forEach(change -> objects.put(change.statement(), change.object()));
    for (Refusal refusal : attempts.run(changes.stream().map(Change::statement).toList())) {
      if (!givenByOwner(refusal)) {
        left.add(objects.get(refusal.statement()).key());
        outcome.refused(refusal);
      }
    }
  }

  // What matters is that the grantee has it; by whom is told.
  private boolean givenByOwner(Refusal refusal) throws SQLException {
    TargetStatement statement = refusal.statement();
    Optional<String> grantor = statement.role();
    if (grantor.isEmpty() || !attempts.run(List.of(statement.byOwner())).isEmpty()) {
      return false;
    }
    outcome.changed(
        statement,
        "done by the object's owner, for as %s: %s".formatted(grantor.get(), refusal.reason()));
    return true;
  }
}
