package dev.tsferry.runner.privilege;

import static java.util.Objects.requireNonNull;

/**
 * That one role is a member of another, by whoever's grants together.
 *
 * @param admin whether it may pass the membership on
 * @param inherit whether it has the role's privileges without further ado; before PostgreSQL 16 the
 *     member's own attribute
 * @param set whether it may become the role; always before PostgreSQL 16
 */
public record Membership(String role, String member, boolean admin, boolean inherit, boolean set) {
  public Membership {
    requireNonNull(role, "role is null");
    requireNonNull(member, "member is null");
  }
}
