package dev.tsferry.runner.privilege;

import dev.tsferry.runner.postgres.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Ways to look at what was read. */
public final class Snapshots {
  private Snapshots() {}

  /** Every object by its place. */
  static Map<ObjectKey, CatalogObject> byKey(PrivilegeSnapshot snapshot) {
    Map<ObjectKey, CatalogObject> objects = new LinkedHashMap<>();
    snapshot.objects().forEach(object -> objects.put(object.key(), object));
    return objects;
  }

  /** The names of all roles that own something or have something given or taken. */
  public static Set<String> roles(PrivilegeSnapshot snapshot) {
    Set<String> roles = new TreeSet<>();
    for (CatalogObject object : snapshot.objects()) {
      roles.add(object.owner());
      object.acl().forEach(item -> add(roles, item));
      object.initial().forEach(item -> add(roles, item));
    }
    for (DefaultAcl defaults : snapshot.defaults()) {
      roles.add(defaults.role());
      defaults.acl().forEach(item -> add(roles, item));
    }
    for (Membership membership : snapshot.memberships()) {
      roles.add(membership.role());
      roles.add(membership.member());
    }
    roles.remove(AclItem.PUBLIC);
    return roles;
  }

  static boolean isSuperuser(Session session) {
    return session.isTrue(
        "reading the target user's rights",
        "select rolsuper from pg_catalog.pg_roles where rolname = current_user");
  }

  private static void add(Set<String> roles, AclItem item) {
    roles.add(item.grantor());
    roles.add(item.grantee());
  }
}
