package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

import dev.tsferry.runner.dump.RoleRules;
import dev.tsferry.runner.postgres.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which role of the target stands for a role of the source, and how the target's server quotes it.
 *
 * <p>The owners of both sides become the target's user; the roles that RDS makes have no
 * counterpart; any other role is the one of its name.
 *
 * @param sourceUser the source's user, for whom the target's user stands
 * @param owners roles of the source for which the target's user stands
 * @param quoted every role's name, of either side, as the target quotes it
 * @param existing roles that the target has
 * @param user the target's user
 */
public record RoleMapping(
    String sourceUser,
    Set<String> owners,
    Map<String, String> quoted,
    Set<String> existing,
    String user) {

  public RoleMapping {
    requireNonNull(sourceUser, "sourceUser is null");
    owners = Set.copyOf(owners);
    quoted = Map.copyOf(quoted);
    existing = Set.copyOf(existing);
    requireNonNull(user, "user is null");
  }

  /**
   * The roles that stand for the owner of one of the two databases.
   *
   * @param sourceUser the source's user
   * @param targetUser the target's user
   */
  public static Set<String> owners(String sourceUser, String targetUser) {
    return RoleRules.ownersOf(sourceUser, targetUser);
  }

  /** Asks the target for its roles and for every name's quotes. */
  public static RoleMapping of(
      Session target, String sourceUser, Collection<String> sourceRoles, String user) {
    String doing = "reading the target's roles";
    Set<String> existing =
        new HashSet<>(
            target.list(doing, "select rolname from pg_catalog.pg_roles", row -> row.getString(1)));
    Set<String> all = new HashSet<>(sourceRoles);
    all.addAll(existing);
    all.add(user);
    all.remove(AclItem.PUBLIC);
    List<String> names = List.copyOf(all);
    Map<String, String> quoted = new HashMap<>();
    target.work(
        doing,
        connection -> {
          try (java.sql.PreparedStatement query =
              connection.prepareStatement(
                  "select x, quote_ident(x) from pg_catalog.unnest(?::text[]) x")) {
            query.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (java.sql.ResultSet row = query.executeQuery()) {
              while (row.next()) {
                quoted.put(row.getString(1), row.getString(2));
              }
            }
          }
        });
    return new RoleMapping(sourceUser, owners(sourceUser, user), quoted, existing, user);
  }

  /** The role of the target that stands for {@code role}, if there is one. */
  public Optional<String> of(String role) {
    if (role.equals(AclItem.PUBLIC)) {
      return Optional.of(AclItem.PUBLIC);
    }
    if (owners.contains(role)) {
      return Optional.of(user);
    }
    return isPlatforms(role) || !existing.contains(role) ? Optional.empty() : Optional.of(role);
  }

  /** Whether an object has its owner already: the platform's role of the same name made both. */
  boolean isSame(String sourceOwner, String targetOwner) {
    return isReplaced(sourceOwner) && sourceOwner.equals(targetOwner);
  }

  /** Whether the target's user stands for it although it is not the source's user. */
  boolean isReplaced(String role) {
    return !role.equals(sourceUser)
        && !role.equals(user)
        && of(role).filter(user::equals).isPresent();
  }

  /** Whether RDS made it, so that nobody misses it. */
  public boolean isPlatforms(String role) {
    return RoleRules.RDS_ROLES.contains(role) || role.isEmpty();
  }

  /** Roles of the target that stand for some role of the source, with PUBLIC. */
  Set<String> counterparts(Collection<String> sourceRoles) {
    Set<String> counterparts =
        sourceRoles.stream()
            .map((Function<String, Optional<String>>) this::of)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    counterparts.add(AclItem.PUBLIC);
    return counterparts;
  }

  /** {@code role} as SQL; PUBLIC stays a word. */
  public String sql(String role) {
    return role.equals(AclItem.PUBLIC)
        ? "PUBLIC"
        : requireNonNull(quoted.get(role), "a role that nobody asked the server about");
  }
}
