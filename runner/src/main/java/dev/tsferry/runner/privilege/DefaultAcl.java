package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Privileges that a role's future objects get.
 *
 * @param role whose objects
 * @param schema the schema in which, quoted; null for every schema, and then {@code acl} stands in
 *     the place of PostgreSQL's own defaults instead of adding to them
 * @param objects {@code TABLES}, {@code SEQUENCES}, {@code FUNCTIONS}, {@code TYPES}, {@code
 *     SCHEMAS} or {@code LARGE OBJECTS}
 */
public record DefaultAcl(String role, String schema, String objects, List<AclItem> acl) {
  public DefaultAcl {
    requireNonNull(role, "role is null");
    requireNonNull(objects, "objects is null");
    acl = List.copyOf(acl);
  }
}
