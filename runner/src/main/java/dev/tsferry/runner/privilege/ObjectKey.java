package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What tells an object from every other one of its database, on both sides.
 *
 * @param identity empty for the database itself, which is the same one whatever its name
 */
public record ObjectKey(ObjectKind kind, String identity) {
  public ObjectKey {
    requireNonNull(kind, "kind is null");
    requireNonNull(identity, "identity is null");
  }

  /** Words such as {@code table "shop"."orders"}. */
  @Override
  public String toString() {
    return (kind.alterWord().toLowerCase(Locale.ROOT) + " " + identity).strip();
  }
}
