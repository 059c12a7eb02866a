package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.dump.RoleRules;
import dev.tsferry.runner.postgres.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Row security policies for roles that the target will not have: they can't be created there. */
final class PolicyChecks {
  private static final String DOING = "looking for the roles of policies";

  private final Session source;
  private final Session target;
  private final Findings findings;

  PolicyChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  /** A role that a policy is for. */
  record Use(String role, String policy) {}

  /**
   * Names the missing roles.
   *
   * @param carried whether the run carries roles
   * @param owners roles for which the target's user stands
   */
  void roles(boolean carried, Set<String> owners) {
    List<Use> uses =
        source.list(
            DOING,
            """
            select r.rolname, format('%%I on %%I.%%I', p.polname, n.nspname, c.relname)
              from pg_catalog.pg_policy p
              join pg_catalog.pg_class c on c.oid = p.polrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_roles r on r.oid = any (p.polroles)
             where %s
             order by 1, 2
            """
                .formatted(UserObjects.SCHEMA),
            row -> new Use(row.getString(1), row.getString(2)));
    if (uses.isEmpty()) {
      return;
    }
    missing(uses, new HashSet<>(there()), carried, owners)
        .forEach(
            (role, policy) ->
                findings.error(
                    "policy-role-missing",
                    ErrorCode.TARGET_UNSUITABLE,
                    "policy " + policy,
                    "it is for the role %s, which the target will not have".formatted(role),
                    carried
                        ? "take the role out of the source's policies"
                        : "create the role on the target, or carry the source's roles"));
  }

  private List<String> there() {
    return target.list(DOING, "select rolname from pg_catalog.pg_roles", row -> row.getString(1));
  }

  /** The roles that the target will not have, each with a policy of it. */
  static Map<String, String> missing(
      List<Use> uses, Set<String> there, boolean carried, Set<String> owners) {
    Map<String, String> missing = new TreeMap<>();
    for (Use use : uses) {
      boolean made = carried && !RoleRules.RDS_ROLES.contains(use.role());
      if (!made && !owners.contains(use.role()) && !there.contains(use.role())) {
        missing.putIfAbsent(use.role(), use.policy());
      }
    }
    return missing;
  }
}
