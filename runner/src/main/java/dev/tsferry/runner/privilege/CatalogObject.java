package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An object with its owner and privileges.
 *
 * @param identity the object's name as the server writes it in a command, every part quoted
 * @param schema the object's schema, quoted; null where there is none
 * @param owner the owner's name, not quoted
 * @param ownable whether its owner is its own: not that of the table whose sequence it is, and not
 *     one that the platform decides
 * @param provided whether it came with PostgreSQL or with an extension; then only what differs from
 *     {@code initial} was anybody's wish
 * @param acl its privileges as they work, the default ones where none were ever given
 * @param initial for a provided object, the privileges that it came with
 */
public record CatalogObject(
    ObjectKind kind,
    String identity,
    String schema,
    String owner,
    boolean ownable,
    boolean provided,
    List<AclItem> acl,
    List<AclItem> initial) {

  public CatalogObject {
    requireNonNull(kind, "kind is null");
    requireNonNull(identity, "identity is null");
    requireNonNull(owner, "owner is null");
    acl = List.copyOf(acl);
    initial = List.copyOf(initial);
  }

  /** What tells it from every other object of its database. */
  public ObjectKey key() {
    return new ObjectKey(kind, kind == ObjectKind.DATABASE ? "" : identity);
  }
}
