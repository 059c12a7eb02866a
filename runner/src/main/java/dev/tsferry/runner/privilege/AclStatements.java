package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.TargetStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The REVOKE and GRANT statements that lead from one list of privileges to another.
 *
 * <pre>
 * GRANT INSERT, SELECT ON TABLE "shop"."orders" TO "alice" WITH GRANT OPTION
 * REVOKE EXECUTE ON ROUTINE "shop"."total"(integer) FROM PUBLIC
 * </pre>
 *
 * @param roles quotes them
 * @param prefix what stands before the verb, such as ALTER DEFAULT PRIVILEGES … or nothing
 * @param on the words and the name after ON
 * @param owner whose grants the session's user makes
 */
record AclStatements(RoleMapping roles, String prefix, String on, String owner) {

  /** Statements that belong together: same parties, same option. */
  private record Group(String grantor, String grantee, boolean option) {}

  /**
   * Takes away what isn't wanted from those in {@code known}, then gives what is missing.
   *
   * @param known roles of the target that the source knows; others have what the platform gave them
   */
  List<TargetStatement> change(Acl current, Acl wanted, Set<String> known) {
    List<TargetStatement> statements = new ArrayList<>(revokes(current, wanted, known));
    statements.addAll(grants(wanted.minus(current)));
    return statements;
  }

  private List<TargetStatement> revokes(Acl current, Acl wanted, Set<String> known) {
    Map<Group, List<Right>> groups = new LinkedHashMap<>();
    current
        .entries()
        .forEach(
            (entry, grantable) -> {
              Boolean kept = wanted.entries().get(entry);
              if (known.contains(entry.grantee()) && (kept == null || (grantable && !kept))) {
                groups
                    .computeIfAbsent(
                        new Group(entry.grantor(), entry.grantee(), kept != null),
                        group -> new ArrayList<>())
                    .add(entry);
              }
            });
    return groups.entrySet().stream()
        .map(
            group ->
                by(
                    group.getKey().grantor(),
                    "REVOKE %s%s ON %s FROM %s"
                        .formatted(
                            group.getKey().option() ? "GRANT OPTION FOR " : "",
                            list(group.getValue()),
                            on,
                            roles.sql(group.getKey().grantee()))))
        .toList();
  }

  /** The statements that give {@code missing}, those first that allow others to give. */
  List<TargetStatement> grants(Acl missing) {
    Map<Group, List<Right>> groups = new LinkedHashMap<>();
    missing
        .entries()
        .forEach(
            (entry, grantable) ->
                groups
                    .computeIfAbsent(
                        new Group(entry.grantor(), entry.grantee(), grantable),
                        group -> new ArrayList<>())
                    .add(entry));
    List<TargetStatement> statements = new ArrayList<>();
    Set<String> able = new HashSet<>(Set.of(owner));
    List<Group> pending = new ArrayList<>(groups.keySet());
    while (!pending.isEmpty()) {
      List<Group> next = pending.stream().filter(group -> able.contains(group.grantor())).toList();
      if (next.isEmpty()) {
        // Who gives already may, by what isn't missing.
        next = List.copyOf(pending);
      }
      for (Group group : next) {
        statements.add(grant(group, groups.get(group)));
        able.add(group.grantee());
      }
      pending.removeAll(next);
    }
    return statements;
  }

  private TargetStatement grant(Group group, List<Right> entries) {
    return by(
        group.grantor(),
        "GRANT %s ON %s TO %s%s"
            .formatted(
                list(entries),
                on,
                roles.sql(group.grantee()),
                group.option() ? " WITH GRANT OPTION" : ""));
  }

  private TargetStatement by(String grantor, String statement) {
    return new TargetStatement(
        grantor.equals(owner) ? Optional.empty() : Optional.of(roles.sql(grantor)),
        prefix + statement);
  }

  private static String list(List<Right> entries) {
    return entries.stream()
        .map(
            entry ->
                entry.column() == null
                    ? entry.privilege()
                    : "%s (%s)".formatted(entry.privilege(), entry.column()))
        .collect(Collectors.joining(", "));
  }
}
