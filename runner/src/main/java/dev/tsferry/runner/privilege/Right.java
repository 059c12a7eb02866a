package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

/**
 * One privilege that one role has from another.
 *
 * @param column the column, quoted, or null for the whole object
 * @param grantee {@link AclItem#PUBLIC} for everybody
 */
record Right(String column, String grantor, String grantee, String privilege) {
  Right {
    requireNonNull(grantor, "grantor is null");
    requireNonNull(grantee, "grantee is null");
    requireNonNull(privilege, "privilege is null");
  }
}
