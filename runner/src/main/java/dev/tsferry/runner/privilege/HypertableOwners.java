package dev.tsferry.runner.privilege;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.TargetStatement;
import dev.tsferry.runner.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives new hypertables to their owners while they have no chunk: later each chunk would have to be
 * given away too, which needs CREATE on TimescaleDB's own schema, and only a superuser has it.
 *
 * <p>From then on TimescaleDB works on the chunks as that owner, who therefore may use every schema
 * until the privileges are set.
 *
 * @see <a
 *     href="https://github.com/timescale/timescaledb/blob/2.19.3/src/process_utility.c">process_altertable_change_owner</a>
 */
public final class HypertableOwners {
  private final Session target;
  private final RoleMapping roles;
  private final Runnable checkCancelled;

  public HypertableOwners(Session target, RoleMapping roles, Runnable checkCancelled) {
    this.target = target;
    this.roles = roles;
    this.checkCancelled = checkCancelled;
  }

  /** Does it in the caller's transaction, as far as it may; the rest is tried again later. */
  public void carry(Connection connection, PrivilegeSnapshot source, List<TableName> hypertables)
      throws SQLException {
    Attempts attempts = new Attempts(connection, checkCancelled);
    PrivilegeSnapshot there = new PrivilegeCatalog(target).read();
    Map<ObjectKey, CatalogObject> onSource = Snapshots.byKey(source);
    Map<ObjectKey, CatalogObject> onTarget = Snapshots.byKey(there);
    List<TargetStatement> changes = new ArrayList<>();
    Set<String> owners = new TreeSet<>();
    for (TableName table : hypertables) {
      ObjectKey key = new ObjectKey(ObjectKind.TABLE, identity(table));
      Optional<String> owner =
          Optional.ofNullable(onSource.get(key))
              .flatMap(object -> Ownership.newOwner(roles, object, onTarget.get(key)));
      owner.ifPresent(
          name -> {
            owners.add(name);
            changes.add(TargetStatement.of(Ownership.statement(roles, onSource.get(key), name)));
          });
    }
    TargetUser user =
        new TargetUser(
            attempts,
            roles,
            there.serverVersion(),
            there.memberships(),
            Snapshots.isSuperuser(target));
    List<TargetStatement> rooms = new ArrayList<>();
    for (String owner : owners) {
      user.join(owner);
      there.objects().stream()
          .filter(object -> object.kind() == ObjectKind.SCHEMA && !object.provided())
          .forEach(
              schema ->
                  rooms.add(
                      TargetStatement.of(
                          "GRANT USAGE, CREATE ON SCHEMA %s TO %s"
                              .formatted(schema.identity(), roles.sql(owner)))));
    }
    attempts.run(rooms);
    attempts.run(changes);
  }

  private String identity(TableName table) {
    return target.text(
        "quoting a table's name",
        "select format('%I.%I', ?::text, ?::text)",
        table.schema(),
        table.name());
  }
}
