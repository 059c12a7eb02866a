package dev.tsferry.cli.teardown;

import static java.util.Objects.requireNonNull;

/**
 * Something of a migration that is still in the account.
 *
 * @param kind such as {@code instance}
 * @param id AWS's id or name of it
 * @param detail its state, or why it counts as the migration's
 */
public record Leftover(String kind, String id, String detail) {
  public Leftover {
    requireNonNull(kind, "kind is null");
    requireNonNull(id, "id is null");
    requireNonNull(detail, "detail is null");
  }
}
