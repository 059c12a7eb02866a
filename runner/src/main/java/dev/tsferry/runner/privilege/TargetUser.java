package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.handover.TargetStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the target's user a member of the roles that it has to act for.
 *
 * <p>Of roles that own something it stays one: else it could neither alter nor drop what it has
 * given away. Of others only while the step lasts.
 *
 * @see <a href="https://www.postgresql.org/docs/16/role-membership.html">Membership since
 *     PostgreSQL 16</a>
 */
final class TargetUser {
  private static final int OPTIONS_SINCE = 160_000;

  private final Attempts attempts;
  private final RoleMapping roles;
  private final boolean withOptions;
  private final boolean superuser;
  private final Map<String, Membership> held = new LinkedHashMap<>();
  private final List<TargetStatement> afterwards = new ArrayList<>();

  TargetUser(
      Attempts attempts,
      RoleMapping roles,
      int targetVersion,
      List<Membership> memberships,
      boolean superuser) {
    this.attempts = attempts;
    this.roles = roles;
    this.withOptions = targetVersion >= OPTIONS_SINCE;
    this.superuser = superuser;
    memberships.stream()
        .filter(membership -> membership.member().equals(roles.user()))
        .forEach(membership -> held.put(membership.role(), membership));
  }

  /** Joins {@code role} for good; says why if it may not. */
  Optional<String> join(String role) throws SQLException {
    if (acts(role)) {
      return Optional.empty();
    }
    return grant(role);
  }

  /** Joins {@code acting} until {@link #leave}; where it may not, what follows is refused. */
  void actFor(Collection<String> acting) throws SQLException {
    for (String role : acting) {
      Membership before = held.get(role);
      if (!acts(role) && grant(role).isEmpty()) {
        afterwards.add(undo(role, before));
      }
    }
  }

  /** Ends what {@link #actFor} began. */
  List<Refusal> leave() throws SQLException {
    return attempts.run(afterwards);
  }

  private boolean acts(String role) {
    Membership membership = held.get(role);
    return superuser
        || role.equals(roles.user())
        || role.equals("pg_database_owner")
        || (membership != null && membership.inherit() && membership.set());
  }

  private Optional<String> grant(String role) throws SQLException {
    String options = withOptions ? " WITH INHERIT TRUE, SET TRUE" : "";
    List<Refusal> refused =
        attempts.run(
            List.of(
                TargetStatement.of(
                    "GRANT %s TO %s%s"
                        .formatted(roles.sql(role), roles.sql(roles.user()), options))));
    if (refused.isEmpty()) {
      held.put(role, new Membership(role, roles.user(), false, true, true));
      return Optional.empty();
    }
    return Optional.of(refused.get(0).reason());
  }

  private TargetStatement undo(String role, Membership before) {
    String name = roles.sql(role);
    String user = roles.sql(roles.user());
    if (withOptions && before != null && (before.inherit() || before.set())) {
      return TargetStatement.of(
          "GRANT %s TO %s WITH INHERIT %s, SET %s"
              .formatted(name, user, before.inherit(), before.set()));
    }
    return TargetStatement.of("REVOKE %s FROM %s".formatted(name, user));
  }
}
