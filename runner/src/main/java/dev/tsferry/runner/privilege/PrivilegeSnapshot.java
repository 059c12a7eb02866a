package dev.tsferry.runner.privilege;

import java.util.List;

/**
 * Owners and privileges of one database at one moment.
 *
 * @param serverVersion as a number, such as 150018 for 15.18
 */
public record PrivilegeSnapshot(
    int serverVersion,
    List<CatalogObject> objects,
    List<DefaultAcl> defaults,
    List<Membership> memberships) {

  public PrivilegeSnapshot {
    objects = List.copyOf(objects);
    defaults = List.copyOf(defaults);
    memberships = List.copyOf(memberships);
  }
}
