package dev.tsferry.runner.privilege;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An object's privileges one by one.
 *
 * @param entries each with whether the grantee may pass it on
 */
record Acl(Map<Right, Boolean> entries) {
  Acl {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  static Acl of(Collection<AclItem> items) {
    Map<Right, Boolean> entries = new LinkedHashMap<>();
    for (AclItem item : items) {
      for (String privilege : item.privileges()) {
        boolean grantable = privilege.endsWith("*");
        String name = grantable ? privilege.substring(0, privilege.length() - 1) : privilege;
        add(entries, new Right(item.column(), item.grantor(), item.grantee(), name), grantable);
      }
    }
    return new Acl(entries);
  }

  /** Adds an entry; given twice, it may be passed on if either may. */
  static void add(Map<Right, Boolean> entries, Right entry, boolean grantable) {
    entries.merge(entry, grantable, Boolean::logicalOr);
  }

  Acl only(Predicate<Right> condition) {
    Map<Right, Boolean> rest = new LinkedHashMap<>();
    entries.forEach(
        (entry, grantable) -> {
          if (condition.test(entry)) {
            rest.put(entry, grantable);
          }
        });
    return new Acl(rest);
  }

  /** The entries that aren't in {@code other}, or may be passed on only here. */
  Acl minus(Acl other) {
    Map<Right, Boolean> rest = new LinkedHashMap<>();
    entries.forEach(
        (entry, grantable) -> {
          Boolean before = other.entries.get(entry);
          if (before == null || (grantable && !before)) {
            rest.put(entry, grantable);
          }
        });
    return new Acl(rest);
  }

  /** Who may do what, by whomever it was given. */
  Acl effective() {
    Map<Right, Boolean> effective = new LinkedHashMap<>();
    entries.forEach(
        (entry, grantable) ->
            add(
                effective,
                new Right(entry.column(), "", entry.grantee(), entry.privilege()),
                grantable));
    return new Acl(effective);
  }
}
