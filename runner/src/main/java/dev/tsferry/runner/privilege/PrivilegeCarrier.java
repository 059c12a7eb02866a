package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes owners and privileges on the target those of the source, in the caller's transaction.
 *
 * <p>The order: memberships, owners, then privileges as the difference to what is there by then,
 * which takes back what changing owners needed; last the defaults for future objects.
 */
public final class PrivilegeCarrier {
  private final Session target;
  private final RoleMapping roles;
  private final Outcome outcome;
  private final Runnable checkCancelled;

  public PrivilegeCarrier(
      Session target, RoleMapping roles, Outcome outcome, Runnable checkCancelled) {
    this.target = target;
    this.roles = roles;
    this.outcome = outcome;
    this.checkCancelled = checkCancelled;
  }

  /**
   * What came of it, besides what the outcome holds.
   *
   * @param objects objects of the source that were looked at
   * @param owners roles that own something on the target now
   * @param membersOfOwner roles that were members of the source's owner and are not of the target's
   * @param databaseOwner who owns the source's database, if that is not its user, as the target's
   *     database stays its user's
   * @param platforms privileges of the platform's own roles that stayed behind
   * @param definers SECURITY DEFINER functions that could not be given away, and so run with other
   *     rights than on the source
   * @param differences what differs without having been refused
   */
  public record Result(
      int objects,
      Set<String> owners,
      Set<String> membersOfOwner,
      Optional<String> databaseOwner,
      int platforms,
      List<String> definers,
      List<String> differences) {
    public Result {
      owners = Set.copyOf(owners);
      membersOfOwner = Set.copyOf(membersOfOwner);
      definers = List.copyOf(definers);
      differences = List.copyOf(differences);
    }
  }

  /**
   * Carries {@code source}.
   *
   * @throws SQLException if the server can't go on; what it refuses is the outcome's
   */
  public Result carry(Connection connection, PrivilegeSnapshot source) throws SQLException {
    PrivilegeCatalog catalog = new PrivilegeCatalog(target);
    Attempts attempts = new Attempts(connection, checkCancelled);
    PrivilegeSnapshot before = catalog.read();
    Set<String> known = roles.counterparts(Snapshots.roles(source));
    AclTranslation translation = new AclTranslation(roles, source.serverVersion());
    int version = before.serverVersion();
    Memberships memberships = new Memberships(roles, version, outcome);
    memberships.carry(source.memberships(), before.memberships(), attempts);
    TargetUser user =
        new TargetUser(
            attempts, roles, version, catalog.memberships(version), Snapshots.isSuperuser(target));
    Ownership ownership = new Ownership(roles, user, attempts, outcome);
    ownership.carry(source.objects(), Snapshots.byKey(before));
    Grants grants = new Grants(roles, translation, known, user, attempts, outcome);
    grants.carry(source.objects(), Snapshots.byKey(catalog.read()));
    DefaultPrivileges defaults = new DefaultPrivileges(target, roles, translation, known);
    defaults.carry(source.defaults(), before.defaults(), user, attempts, outcome);
    for (Refusal refusal : user.leave()) {
      outcome.refused(refusal);
    }
    PrivilegeSnapshot afterwards = catalog.read();
    Map<ObjectKey, CatalogObject> after = Snapshots.byKey(afterwards);
    Set<ObjectKey> explained = new HashSet<>(ownership.left());
    explained.addAll(grants.left());
    List<String> differences =
        new ArrayList<>(
            new Differences(roles, translation, known).find(source.objects(), after, explained));
    differences.addAll(defaults.differences(source.defaults(), afterwards.defaults()));
    return new Result(
        source.objects().size(),
        owners(source, after),
        memberships.membersOfOwner(),
        databaseOwner(source),
        grants.platforms(),
        definers(ownership.changed()),
        differences);
  }

  private Optional<String> databaseOwner(PrivilegeSnapshot source) {
    return source.objects().stream()
        .filter(object -> object.kind() == ObjectKind.DATABASE)
        .map(CatalogObject::owner)
        .filter(owner -> !owner.equals(roles.sourceUser()) && !owner.equals(roles.user()))
        .findFirst();
  }

  private List<String> definers(Set<ObjectKey> changed) {
    return target
        .list(
            "looking for SECURITY DEFINER functions",
            "select i.identity from pg_catalog.pg_proc p,"
                + " pg_catalog.pg_identify_object('pg_proc'::regclass, p.oid, 0) i"
                + " where p.prosecdef and p.oid >= 16384 order by 1",
            row -> row.getString(1))
        .stream()
        .filter(identity -> changed.contains(new ObjectKey(ObjectKind.ROUTINE, identity)))
        .toList();
  }

  private Set<String> owners(PrivilegeSnapshot source, Map<ObjectKey, CatalogObject> after) {
    Set<String> owners = new TreeSet<>();
    source.objects().stream()
        .filter(object -> !object.provided())
        .map(object -> after.get(object.key()))
        .filter(Objects::nonNull)
        .map(CatalogObject::owner)
        .filter(owner -> !owner.equals(roles.user()) && !owner.equals("pg_database_owner"))
        .forEach(owners::add);
    return owners;
  }
}
