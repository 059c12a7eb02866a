package dev.tsferry.runner.privilege;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a source object's privileges into the target's roles.
 *
 * <p>Where the target's object has another owner than the source's stands for, because it could not
 * be given away, the source's owner gets as grants what it had as the owner.
 */
final class AclTranslation {
  private static final int MAINTAIN_SINCE = 170_000;

  private final RoleMapping roles;
  private final boolean ignoreMaintain;

  /**
   * @param sourceVersion as a number; a privilege that the source doesn't know was never refused
   */
  AclTranslation(RoleMapping roles, int sourceVersion) {
    this.roles = roles;
    this.ignoreMaintain = sourceVersion < MAINTAIN_SINCE;
  }

  /**
   * What is wanted on the target.
   *
   * @param acl in roles of the target
   * @param lost in roles of the source: grants to roles that the target doesn't have
   */
  record Wanted(Acl acl, Acl lost) {}

  Wanted wanted(Acl source, String sourceOwner, Acl current, String owner) {
    Map<Right, Boolean> wanted = new LinkedHashMap<>();
    Map<Right, Boolean> lost = new LinkedHashMap<>();
    boolean sameOwner = isSame(sourceOwner, owner);
    source
        .entries()
        .forEach(
            (entry, grantable) -> {
              Optional<String> grantee = grantee(entry.grantee(), sourceOwner, owner);
              if (grantee.isEmpty()) {
                lost.put(entry, grantable);
                return;
              }
              String grantor = grantor(entry.grantor(), sourceOwner, owner);
              if (!grantor.equals(grantee.get()) || grantor.equals(owner)) {
                Acl.add(
                    wanted,
                    new Right(entry.column(), grantor, grantee.get(), entry.privilege()),
                    grantable);
              }
            });
    if (!sameOwner) {
      current
          .entries()
          .forEach(
              (entry, grantable) -> {
                if (entry.grantee().equals(owner)) {
                  Acl.add(wanted, entry, grantable);
                }
              });
    }
    return new Wanted(known(new Acl(wanted)), new Acl(lost));
  }

  /** Without privileges that only a newer server knows. */
  Acl known(Acl acl) {
    return ignoreMaintain ? acl.only(entry -> !entry.privilege().equals("MAINTAIN")) : acl;
  }

  private Optional<String> grantee(String grantee, String sourceOwner, String owner) {
    return grantee.equals(sourceOwner) && isSame(sourceOwner, owner)
        ? Optional.of(owner)
        : roles.of(grantee);
  }

  // A grantor that the target doesn't have gave what the owner allowed it to give.
  private String grantor(String grantor, String sourceOwner, String owner) {
    return grantor.equals(sourceOwner) ? owner : roles.of(grantor).orElse(owner);
  }

  // The schema public belongs to the database's owner by way of a role; what has no counterpart
  // belongs to whoever has it on the target.
  private boolean isSame(String sourceOwner, String owner) {
    Optional<String> counterpart = roles.of(sourceOwner);
    return counterpart.isEmpty()
        || counterpart.get().equals(owner)
        || (counterpart.get().equals(roles.user()) && owner.equals("pg_database_owner"));
  }
}
