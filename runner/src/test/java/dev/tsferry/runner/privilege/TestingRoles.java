package dev.tsferry.runner.privilege;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Roles without a server: quoted in the way of one that quotes every name. */
final class TestingRoles {
  static final String USER = "tsdbadmin";

  private TestingRoles() {}

  /** The source's user is {@code master}; the target has {@code existing}. */
  static RoleMapping with(String... existing) {
    Map<String, String> quoted = new HashMap<>();
    Set<String> roles = new HashSet<>(Arrays.asList(existing));
    roles.add(USER);
    for (String role : roles) {
      quoted.put(role, quoted(role));
    }
    quoted.put("gone", quoted("gone"));
    quoted.put("rds_iam", quoted("rds_iam"));
    quoted.put("master", quoted("master"));
    quoted.put("postgres", quoted("postgres"));
    return new RoleMapping("master", RoleMapping.owners("master", USER), quoted, roles, USER);
  }

  static AclItem item(String grantor, String grantee, String... privileges) {
    return new AclItem(null, grantor, grantee, List.of(privileges));
  }

  private static String quoted(String role) {
    return '"' + role.replace("\"", "\"\"") + '"';
  }
}
