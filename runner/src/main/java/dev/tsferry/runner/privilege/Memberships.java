package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.handover.TargetStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Completes what the roles' own dump can't say: memberships of the source's owner, which become the
 * target user's, and the options of one that several roles have granted, of which a dump's last
 * statement would win.
 */
final class Memberships {
  private static final int OPTIONS_SINCE = 160_000;

  private final RoleMapping roles;
  private final boolean withOptions;
  private final Outcome outcome;
  private final Set<String> membersOfOwner = new TreeSet<>();

  Memberships(RoleMapping roles, int targetVersion, Outcome outcome) {
    this.roles = roles;
    this.withOptions = targetVersion >= OPTIONS_SINCE;
    this.outcome = outcome;
  }

  /** Roles that were members of the source's owner and can't be members of the target's user. */
  Set<String> membersOfOwner() {
    return Set.copyOf(membersOfOwner);
  }

  private record Pair(String role, String member) {}

  void carry(List<Membership> source, List<Membership> target, Attempts attempts)
      throws SQLException {
    for (Refusal refusal : attempts.run(changes(source, target))) {
      outcome.refused(refusal);
    }
  }

  List<TargetStatement> changes(List<Membership> source, List<Membership> target) {
    Map<Pair, Membership> current = new LinkedHashMap<>();
    target.forEach(m -> current.put(new Pair(m.role(), m.member()), m));
    List<TargetStatement> changes = new ArrayList<>();
    wanted(source)
        .forEach(
            (pair, membership) -> {
              if (pair.role().equals(roles.user())) {
                refuseOwner(pair);
              } else {
                change(membership, Optional.ofNullable(current.get(pair))).ifPresent(changes::add);
              }
            });
    return changes;
  }

  private Map<Pair, Membership> wanted(List<Membership> source) {
    Map<Pair, Membership> wanted = new LinkedHashMap<>();
    for (Membership m : source) {
      Optional<String> role = roles.of(m.role());
      Optional<String> member = roles.of(m.member());
      if (role.isPresent() && member.isPresent() && !role.equals(member)) {
        wanted.merge(
            new Pair(role.get(), member.get()),
            new Membership(role.get(), member.get(), m.admin(), m.inherit(), m.set()),
            Memberships::union);
      }
    }
    return wanted;
  }

  private static Membership union(Membership a, Membership b) {
    return new Membership(
        a.role(),
        a.member(),
        a.admin() || b.admin(),
        a.inherit() || b.inherit(),
        a.set() || b.set());
  }

  private void refuseOwner(Pair pair) {
    membersOfOwner.add(pair.member());
    outcome.impossible(
        TargetStatement.of(
            "GRANT %s TO %s".formatted(roles.sql(pair.role()), roles.sql(pair.member()))),
        "the target's user is a member of the roles that it made, and so none of them can be a member of it");
  }

  private Optional<TargetStatement> change(Membership wanted, Optional<Membership> current) {
    boolean ofUser = wanted.member().equals(roles.user());
    if (current.isEmpty()) {
      // Any other that is missing the target has refused before, in the step that makes roles.
      boolean useful = ofUser && (wanted.inherit() || wanted.set() || wanted.admin());
      return useful ? Optional.of(grant(wanted, wanted.admin())) : Optional.empty();
    }
    Membership there = current.get();
    if (ofUser) {
      boolean less = (wanted.inherit() && !there.inherit()) || (wanted.set() && !there.set());
      return less ? Optional.of(grant(union(wanted, there), false)) : Optional.empty();
    }
    boolean same =
        wanted.admin() == there.admin()
            && (!withOptions
                || (wanted.inherit() == there.inherit() && wanted.set() == there.set()));
    return same ? Optional.empty() : Optional.of(grant(wanted, wanted.admin()));
  }

  private TargetStatement grant(Membership wanted, boolean admin) {
    String pair = "GRANT %s TO %s".formatted(roles.sql(wanted.role()), roles.sql(wanted.member()));
    if (!withOptions) {
      return TargetStatement.of(admin ? pair + " WITH ADMIN OPTION" : pair);
    }
    boolean toUser = wanted.member().equals(roles.user()) && !admin;
    return TargetStatement.of(
        "%s WITH %sINHERIT %s, SET %s"
            .formatted(
                pair,
                toUser ? "" : "ADMIN %s, ".formatted(word(admin)),
                word(wanted.inherit()),
                word(wanted.set())));
  }

  private static String word(boolean option) {
    return option ? "TRUE" : "FALSE";
  }
}
