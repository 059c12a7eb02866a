package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one role has given to another on one object, as in PostgreSQL's own {@code aclitem}.
 *
 * <pre>
 * {"grantor":"shop_owner","grantee":"alice","privileges":["INSERT*","SELECT"]}
 * </pre>
 *
 * @param column the column as the server quotes it, or null for the whole object
 * @param grantee empty for PUBLIC; no role can have that name
 * @param privileges names of privileges, a star behind those that the grantee may pass on
 */
public record AclItem(String column, String grantor, String grantee, List<String> privileges) {
  /** The grantee that is everybody. */
  public static final String PUBLIC = "";

  public AclItem {
    requireNonNull(grantor, "grantor is null");
    requireNonNull(grantee, "grantee is null");
    privileges = List.copyOf(privileges);
  }
}
