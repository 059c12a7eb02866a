package dev.tsferry.runner.preflight;

import dev.tsferry.runner.dump.RoleRules;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The source's roles that a plan without roles leaves behind. */
final class RoleChecks {
  private static final String DOING = "looking for roles that stay behind";

  private final Session source;
  private final Session target;
  private final Findings findings;

  RoleChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  private record Role(String name, String quoted) {}

  /**
   * Names them.
   *
   * @param owners roles for which the target's user stands
   */
  void leftOut(Set<String> owners) {
    Set<String> there =
        new HashSet<>(
            target.list(DOING, "select rolname from pg_catalog.pg_roles", row -> row.getString(1)));
    List<String> missing = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    List<String> platforms = new ArrayList<>();
    for (Role role :
        source.list(
            DOING,
            "select rolname, quote_ident(rolname) from pg_catalog.pg_roles"
                + " where rolname !~ '^pg_' order by 1",
            row -> new Role(row.getString(1), row.getString(2)))) {
      if (RoleRules.RDS_ROLES.contains(role.name())) {
        platforms.add(role.quoted());
      } else if (owners.contains(role.name())) {
        replaced.add(role.quoted());
      } else if (!there.contains(role.name())) {
        missing.add(role.quoted());
      }
    }
    if (!missing.isEmpty()) {
      findings.warning(
          "roles-left-out",
          "roles",
          "the plan leaves these roles out, with their memberships, settings and comments: "
              + String.join(", ", missing)
              + also("the target's user stands for these: ", replaced)
              + also("the platform's own stay behind in any case: ", platforms),
          "");
    }
  }

  private static String also(String what, List<String> roles) {
    return roles.isEmpty() ? "" : "; " + what + String.join(", ", roles);
  }
}
