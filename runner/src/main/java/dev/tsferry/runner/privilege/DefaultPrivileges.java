package dev.tsferry.runner.privilege;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.handover.TargetStatement;
import dev.tsferry.runner.postgres.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Carries what future objects of a role are given.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html">ALTER
 *     DEFAULT PRIVILEGES</a>
 */
final class DefaultPrivileges {
  private static final Map<String, String> CODES =
      Map.of(
          "TABLES",
          "r",
          "SEQUENCES",
          "s",
          "FUNCTIONS",
          "f",
          "TYPES",
          "T",
          "SCHEMAS",
          "n",
          "LARGE OBJECTS",
          "L");

  private final Session target;
  private final RoleMapping roles;
  private final AclTranslation translation;
  private final Set<String> known;
  private final Set<TargetStatement> left = new HashSet<>();

  DefaultPrivileges(
      Session target, RoleMapping roles, AclTranslation translation, Set<String> known) {
    this.target = target;
    this.roles = roles;
    this.translation = translation;
    this.known = Set.copyOf(known);
  }

  private record Place(String role, String schema, String objects) {}

  void carry(
      List<DefaultAcl> source,
      List<DefaultAcl> onTarget,
      TargetUser user,
      Attempts attempts,
      Outcome outcome)
      throws SQLException {
    List<TargetStatement> changes = changes(source, onTarget, outcome);
    Set<String> acting = new TreeSet<>();
    source.forEach(entry -> roles.of(entry.role()).ifPresent(acting::add));
    user.actFor(acting);
    for (Refusal refusal : attempts.run(changes)) {
      left.add(refusal.statement());
      outcome.refused(refusal);
    }
  }

  /** What differs without having been refused. */
  List<String> differences(List<DefaultAcl> source, List<DefaultAcl> onTarget) {
    return changes(source, onTarget, new Outcome("")).stream()
        .filter(statement -> !left.contains(statement))
        .map(statement -> "default privileges: still to be done is " + statement.sql())
        .toList();
  }

  private List<TargetStatement> changes(
      List<DefaultAcl> source, List<DefaultAcl> onTarget, Outcome outcome) {
    Map<Place, Acl> wanted = new LinkedHashMap<>();
    Map<Place, Acl> current = current(onTarget);
    for (DefaultAcl entry : source) {
      Optional<String> role = roles.of(entry.role());
      if (role.isEmpty()) {
        loseRole(entry, outcome);
        continue;
      }
      Place place = new Place(role.get(), entry.schema(), entry.objects());
      AclTranslation.Wanted translated =
          translation.wanted(Acl.of(entry.acl()), entry.role(), new Acl(Map.of()), role.get());
      lose(place, translated.lost(), outcome);
      wanted.merge(place, translated.acl(), DefaultPrivileges::union);
    }
    List<TargetStatement> statements = new ArrayList<>();
    wanted.forEach(
        (place, acl) ->
            statements.addAll(
                statements(place).change(current.getOrDefault(place, builtIn(place)), acl, known)));
    return statements;
  }

  private Map<Place, Acl> current(List<DefaultAcl> onTarget) {
    Map<Place, Acl> current = new LinkedHashMap<>();
    onTarget.forEach(
        entry ->
            current.put(
                new Place(entry.role(), entry.schema(), entry.objects()),
                translation.known(Acl.of(entry.acl()))));
    return current;
  }

  // An entry for one schema adds to the defaults; one for all schemas stands in their place.
  private Acl builtIn(Place place) {
    if (place.schema() != null) {
      return new Acl(Map.of());
    }
    List<AclItem> items =
        target.list(
            "reading PostgreSQL's own default privileges",
            """
            select g.rolname, coalesce(e.rolname, ''), x.privilege_type
              from pg_catalog.pg_roles o,
                   pg_catalog.aclexplode(pg_catalog.acldefault(?::"char", o.oid)) x
              join pg_catalog.pg_roles g on g.oid = x.grantor
              left join pg_catalog.pg_roles e on e.oid = x.grantee
             where o.rolname = ?
            """,
            row -> new AclItem(null, row.getString(1), row.getString(2), List.of(row.getString(3))),
            CODES.get(place.objects()),
            place.role());
    return translation.known(Acl.of(items));
  }

  private static Acl union(Acl a, Acl b) {
    Map<Right, Boolean> both = new LinkedHashMap<>(a.entries());
    b.entries().forEach((entry, grantable) -> Acl.add(both, entry, grantable));
    return new Acl(both);
  }

  private AclStatements statements(Place place) {
    String inSchema = place.schema() == null ? "" : " IN SCHEMA " + place.schema();
    return new AclStatements(
        roles,
        "ALTER DEFAULT PRIVILEGES FOR ROLE %s%s ".formatted(roles.sql(place.role()), inSchema),
        place.objects(),
        place.role());
  }

  private void lose(Place place, Acl lost, Outcome outcome) {
    Acl missed = lost.only(entry -> !roles.isPlatforms(entry.grantee()));
    Map<Right, Boolean> byRole = new LinkedHashMap<>();
    missed
        .entries()
        .forEach(
            (e, grantable) ->
                byRole.put(new Right(null, place.role(), e.grantee(), e.privilege()), grantable));
    for (TargetStatement statement : statements(place).grants(new Acl(byRole))) {
      outcome.dropped(statement, "the target has no role of that name");
    }
  }

  private void loseRole(DefaultAcl entry, Outcome outcome) {
    if (!roles.isPlatforms(entry.role())) {
      Place place = new Place(entry.role(), entry.schema(), entry.objects());
      for (TargetStatement statement : statements(place).grants(Acl.of(entry.acl()))) {
        outcome.dropped(statement, "the target has no role of that name");
      }
    }
  }
}
